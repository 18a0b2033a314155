# Thin: every target calls xtask, which says what it does. `make run ARGS="--policy policies/larkspur.toml"`
.PHONY: run build package test tidy generate audit fuzz release-check
run:
	@cargo xtask run $(ARGS)
build:
	@cargo xtask build
test:
	@cargo xtask test
tidy:
	@cargo xtask tidy
generate:
	@cargo xtask generate
audit:
	@cargo xtask audit
fuzz:
	@cargo xtask fuzz $(SECONDS)
release-check:
	@cargo xtask release-check
package:
	@cargo xtask package
