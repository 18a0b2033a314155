# refusal: what is said of it
