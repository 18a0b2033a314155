# Thin: every target calls xtask.
.PHONY: run test build
run:
	cargo xtask run
test:
	cargo xtask test
build:
	cargo xtask build
