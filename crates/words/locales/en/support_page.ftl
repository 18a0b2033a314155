# support_page: what is said of it
