# Two targets matter to most people: `make run` and `make test`. Stamp files in build/ keep done work done.

PORT ?= 8000
PYTHON ?= python3
NO_PYTHON = { echo "缺少 Python 3.11+，请先安装，例如 apt install python3 python3-venv"; \
	echo "Python 3.11+ is missing; install it first, e.g. apt install python3 python3-venv"; exit 127; }
SETUP = command -v $(PYTHON) >/dev/null || $(NO_PYTHON); $(PYTHON) scripts/setup.py

.PHONY: help run setup test lint bench clean lock

help:
	@echo "make run [PORT=8000]  install, build and start the platform"
	@echo "make test             every test (installs a browser and a Chinese font)"
	@echo "make lint             style, types, import contracts"
	@echo "make bench            speed beside the reference, as JSON lines and a table"
	@echo "make clean            remove what make made; the data folder stays"
	@echo "make lock             pin the dependencies of pyproject.toml again"

run:
	@$(SETUP) program app && exec .venv/bin/baohe run --port $(PORT)

setup:
	@$(SETUP) program app

test:
	@$(SETUP) program tests app browser
	@sh scripts/check.sh test

lint:
	@$(SETUP) program tests app
	@sh scripts/check.sh lint

bench:
	@$(SETUP) program tests
	@.venv/bin/baohe bench

clean:
	rm -rf .venv build app/dist app/node_modules *.egg-info artifacts .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@echo "数据文件夹 .data 没有动；要删除它，请自己运行 rm -rf .data"
	@echo "The data folder .data was kept; to delete it as well: rm -rf .data"

lock:
	@sh scripts/lock.sh
