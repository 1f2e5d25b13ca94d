# 信查 xincha. Python 3.11 or newer and make are all that is needed; everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs bench cluster cluster-stop which-python

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := records loaders search api xincha migrations benchmarks tests
# An interpreter counts when it runs, is new enough and can make environments: version managers leave
# names on the path that do not run, and Debian splits ensurepip off.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

help: ## 列出目标 / list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST)

setup: $(STAMP) ## 安装锁定的依赖与 xincha 命令 / create .venv with locked dependencies and the xincha command

$(STAMP): requirements-dev.lock pyproject.toml
	@$(BIN)/python -c '$(USABLE)' 2>/dev/null || { \
	  python=$$($(MAKE) --no-print-directory -s which-python) || exit 1; \
	  "$$python" -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

which-python: ## 将要使用的解释器；可用 PYTHON=… 指定 / the interpreter setup would use; PYTHON=… chooses another
	@for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
	  if "$$python" -c '$(USABLE)' 2>/dev/null; then echo "$$python"; exit 0; fi; \
	done; \
	echo "需要 Python 3.11 或更高版本（含 venv、ensurepip）/ needs Python 3.11 or newer with venv and ensurepip" >&2; \
	echo "  → Debian/Ubuntu: apt-get install python3 python3-venv; or make PYTHON=/path/to/python3 …" >&2; \
	exit 1

demo: setup ## 生成示例数据、装载并启动服务 / generate sample files, load them, serve on 127.0.0.1:8000
	@exec $(BIN)/xincha demo

test: check ## 全部检查与测试 / all checks, then all tests
	@$(BIN)/python -m pytest

check: setup ## 风格、类型、依赖方向、契约、文档 / style, types, import rules, contract, docs
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --strict --no-error-summary $(SOURCES)
	@$(BIN)/lint-imports
	@$(BIN)/xincha schema --check schema.graphql
	@$(BIN)/python -m pytest -q tests/docs

docs: setup ## 重新生成契约与数据字典 / print schema.graphql and the data dictionary anew
	@$(BIN)/xincha schema --write schema.graphql
	@$(BIN)/python -m xincha.dictionary docs/data-dictionary.md

bench: setup ## 性能测量，输出一张表 / measure, print one table
	@$(BIN)/python -m benchmarks

cluster: setup ## 启动测试用 Elasticsearch（仅本机），显示地址 / start a test Elasticsearch on loopback, print its address
	@$(BIN)/python -m tests.cluster.serve start

cluster-stop: setup ## 停止它 / stop it
	@$(BIN)/python -m tests.cluster.serve stop
