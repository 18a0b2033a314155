# mail: what is said of it
