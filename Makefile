# The chapter recomputed:  make reproduce   [EDITION=fr|en|all] [JOBS=n]
# All that can be made:    make help
# Thin on purpose: bootstrap.py does the work, with and without make.

PYTHON  ?= python3
EDITION ?= fr
JOBS    ?= 1
# An author's answers or interviews, and the study they belong to; paths from this folder.
SURVEY  ?=
STUDY   ?=
INTERVIEW ?=
QUICK   ?=
ARGS    ?=

# A path reaches the shell as it is, whatever signs it has.
export ECRM_SURVEY = $(value SURVEY)
export ECRM_STUDY = $(value STUDY)
export ECRM_INTERVIEW = $(value INTERVIEW)

.PHONY: help reproduce slides verify data test lint prove dist docs pictures fresh lab lock clean

help:  ## list these targets
	@$(PYTHON) -c "import re; [print(f'{t:10} {d}') for t, d in re.findall(r'^([a-z]+):.*?## (.*)', open('Makefile').read(), re.M)]"

reproduce:  ## make all pages: EDITION=fr, en or all; JOBS=2; SURVEY=data/raw/my.csv; INTERVIEW=data/raw/talks; ARGS="-p alpha 0.01"
	@$(PYTHON) -I bootstrap.py reproduce --edition $(EDITION) --jobs $(JOBS) $(if $(value SURVEY),--survey "$$ECRM_SURVEY") $(if $(value STUDY),--study "$$ECRM_STUDY") $(if $(value INTERVIEW),--interview "$$ECRM_INTERVIEW") $(ARGS)

slides: reproduce  ## make slides of the pages, as PDF and HTML: EDITION=fr, en or all
	@$(PYTHON) -I bootstrap.py slides --edition $(EDITION)

verify:  ## recompute every number, without notebooks or pages, in seconds; ARGS=--strict reads all anew, packages too
	@$(PYTHON) -I bootstrap.py verify $(ARGS); status=$$?; echo "status $$status"; exit $$status

data:  ## build the reconstructed answers and check data/SHA256SUMS
	@$(PYTHON) -I bootstrap.py data $(ARGS)

test:  ## run the tests: QUICK=1 for what makes no pages; ARGS="tests/answers/test_door.py -k name"
	@$(PYTHON) -I bootstrap.py test $(if $(QUICK),--quick) $(ARGS)

lint:  ## check style, types and the direction of imports
	@$(PYTHON) -I bootstrap.py lint

prove:  ## show that the checks bite: spoil copies one way each, see the right check fail
	@$(PYTHON) -I bootstrap.py prove $(ARGS)

dist:  ## pack sources, outputs and wheels into dist/: reproduces without any registry
	@$(PYTHON) -I bootstrap.py dist

docs:  ## make the API reference, docs/api/index.html, from the docstrings
	@$(PYTHON) -I bootstrap.py docs

pictures:  ## draw the pictures of README.md anew, once both editions are made
	@.venv/bin/python docs/pictures.py

fresh:  ## run the README's commands in minimal Debians (root, debootstrap); ARGS="trixie"
	@.venv/bin/python tests/fresh/machines.py $(ARGS)

lab:  ## open JupyterLab (about 1 GB at first); EDITION=fr or en: copies in one language
	@$(PYTHON) -I bootstrap.py lab $(if $(filter command environment,$(firstword $(origin EDITION))),--edition $(EDITION)) $(ARGS)

lock:  ## resolve the locks anew
	@$(PYTHON) -I bootstrap.py lock

clean:  ## remove everything in output/ that make reproduce makes
	@$(PYTHON) -I bootstrap.py clean
