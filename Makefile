# Thin: each target calls a script in bin/.
.PHONY: demo setup test test-real test-library lint serve dev bench evaluate lock
PORT ?= 8000
export PORT RESET

demo: setup
	@bin/demo
setup:
	@bin/setup
test:
	@bin/test
test-real:
	@bin/test-real
test-library:
	@bin/test-library
lint:
	@bin/lint
serve: setup
	@.venv/bin/pivotpoint serve --port $(PORT)
dev: setup
	@bin/dev
bench:
	@bin/bench
evaluate:
	@bin/evaluate
lock:
	@bin/lock
