# deadline: what is said of it
