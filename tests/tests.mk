# The tests, included by the Makefile.  Every tests/unit/test_*.c and tests/tui/test_*.c
# is one cmocka program; other .c files there are linked into all programs of the folder.
# tests/bench/bench_*.c and tests/fuzz/fuzz_*.c are programs too.

UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
TUI_TESTS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/tui/test_*.c))
BENCHES    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
FUZZERS    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
UNIT_HELP  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c)))
TUI_HELP   := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/tui/test_%,$(wildcard tests/tui/*.c)))
ARCHIVES   := $(BUILD)/libfaces.a $(BUILD)/libsimae.a
FUZZ_SECONDS ?= 60

$(UNIT_TESTS): $(BUILD)/%: $(BUILD)/%.o $(UNIT_HELP) $(ARCHIVES)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) $(TEST_LDLIBS)

$(TUI_TESTS): $(BUILD)/%: $(BUILD)/%.o $(TUI_HELP) $(ARCHIVES)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) $(TEST_LDLIBS)

$(BENCHES): $(BUILD)/%: $(BUILD)/%.o $(ARCHIVES)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS)

$(BUILD)/tests/stick/deliver: %: %.o $(ARCHIVES)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS)

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(ARCHIVES)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIB_LDLIBS)

.SECONDARY:

# Those of T=… only, and none of SKIP="… …".
asked = $(if $(T),$(foreach test,$(1),$(if $(findstring $(T),$(test)),$(test))),$(1))
chosen = $(foreach test,$(call asked,$(1)),$(if $(filter $(SKIP),$(basename $(notdir $(test)))),,$(test)))

# Folders of tests: in memory where there is room (see scratch.sh).
unit tui unit-tui cli fichas full-check: export TMPDIR := $(shell sh tests/scratch.sh)

unit: $(call chosen,$(UNIT_TESTS)) $(BUILD)/simae
	@sh tests/run_all.sh $(BUILD) $(call chosen,$(UNIT_TESTS))

tui: $(call chosen,$(TUI_TESTS)) $(BUILD)/simae
	@sh tests/run_all.sh $(BUILD) $(call chosen,$(TUI_TESTS))

# Both at once, the longest first, so that no processor waits for it at the end.
unit-tui: $(call chosen,$(UNIT_TESTS) $(TUI_TESTS)) $(BUILD)/simae
	@sh tests/run_all.sh $(BUILD) $(call chosen,$(filter %/test_kill,$(TUI_TESTS)) $(UNIT_TESTS) $(filter-out %/test_kill,$(TUI_TESTS)))

cli: $(BUILD)/simae
	@sh tests/cli/run.sh $(BUILD)/simae $(call chosen,$(sort $(wildcard tests/cli/*.t)))

fichas: $(BUILD)/simae
	@sh tests/fichas/run.sh $(BUILD)/simae $(T)

stick-check: $(BUILD)/tests/stick/deliver $(BUILD)/simae
	@sh tests/stick/run.sh $(BUILD)

# Damage all over a bundle of 50 MB, and every bit of a small one, taken in by a store.
hostile-check:
	@SIMAE_TEST_MEGABYTES=50 SIMAE_TEST_FLIPS=all TEST_SECONDS=1800 $(MAKE) --no-print-directory unit T=hostile

# Everything that the levels above need, built and not run.
programs: $(BUILD)/simae $(BUILD)/libsimae.a $(UNIT_TESTS) $(TUI_TESTS)
unit-programs: $(BUILD)/simae $(BUILD)/libsimae.a $(UNIT_TESTS)
objects: $(OBJECTS) $(UNIT_TESTS:=.o) $(TUI_TESTS:=.o) $(UNIT_HELP) $(TUI_HELP) $(BENCHES:=.o) $(FUZZERS:=.o) $(BUILD)/tests/stick/deliver.o

# What make check does fewer times, as many times as it can be done.
FULL := test_kill test_store_crash test_facts test_balance_records test_bundle
full-check: $(foreach test,$(FULL),$(filter %/$(test),$(UNIT_TESTS) $(TUI_TESTS))) $(BUILD)/simae
	@SIMAE_TEST_FULL=1 sh tests/run_all.sh $(BUILD) $(filter-out $(BUILD)/simae,$^)

asan:
	@SIMAE_TEST_FLIPS=all SIMAE_TEST_FULL=1 $(MAKE) --no-print-directory FLAVOUR=asan unit tui cli fichas

clang:
	@$(MAKE) --no-print-directory FLAVOUR=clang objects

valgrind: $(BUILD)/simae $(UNIT_TESTS)
	@sh tests/check/valgrind.sh $(BUILD)

golden: $(UNIT_TESTS) $(TUI_TESTS) $(BUILD)/simae
	@SIMAE_GOLDEN=1 sh tests/run_all.sh $(BUILD) $(UNIT_TESTS) $(TUI_TESTS)
	@git --no-pager diff --stat -- tests/golden

bench:
	@sh tests/check/deps.sh bench
	@$(MAKE) --no-print-directory $(BUILD)/simae $(BENCHES)
	@sh tests/bench/run.sh $(BUILD)

fuzz:
	@sh tests/check/deps.sh fuzz
	@$(MAKE) --no-print-directory FLAVOUR=fuzz fuzzers
	@sh tests/fuzz/run.sh build/fuzz $(FUZZ_SECONDS)

fuzzers: $(FUZZERS)

# Every acta and blank form on paper; the PDFs stay in build/print.
print-check:
	@sh tests/check/deps.sh print
	@$(MAKE) --no-print-directory $(BUILD)/simae
	@TZ='<-05>5' SIMAE_TEST_NOW=2026-11-26T10:15:00-05:00 SIMAE_FORMS=$(CURDIR)/forms \
	  python3 tests/print/check.py $(BUILD)/simae $(BUILD)/print

# LibreOffice is large and not installed for this alone.
sheet-check: $(BUILD)/simae
	@TZ='<-05>5' SIMAE_TEST_NOW=2026-11-26T10:15:00-05:00 SIMAE_FORMS=$(CURDIR)/forms \
	  python3 tests/sheets/check.py $(BUILD)/simae $(BUILD)/sheets

# Every figure of the Balance a second time, in Python over tables (about a minute).
balance-check: $(BUILD)/simae
	@TZ='<-05>5' SIMAE_TEST_NOW=2026-11-26T10:15:00-05:00 SIMAE_FORMS=$(CURDIR)/forms SIMAE=$(BUILD)/simae \
	  sh tests/tools/balance_check.sh $(BUILD)/balance

# The Balance outside of the program: pages, poster, workbook; the files stay in build/pages.
page-check:
	@sh tests/check/deps.sh pages
	@$(MAKE) --no-print-directory $(BUILD)/simae
	@TZ='<-05>5' SIMAE_TEST_NOW=2026-11-26T10:15:00-05:00 SIMAE_FORMS=$(CURDIR)/forms \
	  python3 tests/pages/check.py $(BUILD)/simae $(BUILD)/pages

lint:
	@sh tests/check/deps.sh lint
	@sh tests/check/lint.sh "$$(pkg-config --cflags $(LIBS)) -I$(BUILD)/gen"

-include $(patsubst %,%.d,$(UNIT_TESTS) $(TUI_TESTS) $(BENCHES) $(FUZZERS)) \
         $(patsubst %.o,%.d,$(UNIT_HELP) $(TUI_HELP))
.PHONY: full-check page-check balance-check hostile-check sheet-check print-check unit tui unit-tui unit-programs cli fichas programs objects asan clang valgrind golden bench fuzz fuzzers lint
