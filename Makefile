# simae: build, run, test.  `make run` and `make check` install what is missing first.
#
#   make            build/simae and build/libsimae.a              V=1 shows the commands
#   make run        install what is missing, build, open the program
#   make check      install what is missing, build with gcc and clang, run every test; ends with "N passed, N failed"
#   make deps       only install the Debian or Ubuntu packages
#   make unit tui cli   one level of tests                        T=test_date runs those whose name holds it
#   make stick-check  deliveries to real file systems, full, read-only, pulled out (root; part of check)
#   make full-check  the five tests that make check does fewer times, as many times as CI wants
#   make hostile-check  a bundle of 50 MB damaged all over, and every bit of small ones (some minutes)
#   make asan       unit, terminal and command line tests under AddressSanitizer and UBSan (build/asan)
#   make clang      compile everything with clang (build/clang)
#   make valgrind   chosen tests under valgrind, which must find no leak of ours
#   make bench      speed, each figure beside a named peer in the same run
#   make fuzz       every libFuzzer target for FUZZ_SECONDS=60 (clang)
#   make print-check   print every acta and blank form to PDF with Chromium, and look at the pages
#   make sheet-check   LibreOffice opens the workbook of every form, and finds the cells of the CSV
#   make balance-check   every figure of the Balance over the demo, computed a second time in Python
#   make page-check    the pages, the poster and the workbook of the Balance, in tidy, Chromium and LibreOffice
#   make lint       clang's analyser, and the files clang-format would change
#   make golden     rewrite the golden files; review the difference
#   make install    DESTDIR= PREFIX=/usr/local
#   make dist       a reproducible simae-VERSION.tar.gz in build/
#   make clean      remove build/

VERSION := 0.1.0
PREFIX  ?= /usr/local
FLAVOUR ?=
BUILD   := build$(if $(FLAVOUR),/$(FLAVOUR))
CC      := gcc

LIBS := ncursesw sqlite3 yaml-0.1 jansson libpcre2-8 libzstd libsodium libutf8proc shapelib xlsxwriter

OPT  := -O2 -g
HARD := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SAN  :=
ifeq ($(FLAVOUR),asan)
OPT  := -O1 -g1 -fno-omit-frame-pointer
HARD := -fPIE
SAN  := -fsanitize=address,undefined -fno-sanitize-recover=undefined
endif
# A second opinion on the sources: nothing of it is run, so nothing is optimised.
ifeq ($(FLAVOUR),clang)
CC   := clang
OPT  := -O0
HARD := -fPIE
endif
ifeq ($(FLAVOUR),fuzz)
CC   := clang
OPT  := -O1 -g -fno-omit-frame-pointer
HARD := -fPIE
SAN  := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
endif

# Warnings are errors with the compilers of Debian 12 and 13, known to give none (DEV=1:
# with any, DEV=0: never), so that tomorrow's compiler with a new opinion still builds.
DEV    ?= auto
WERROR = $(if $(filter 1,$(DEV)),-Werror,$(if $(filter auto,$(DEV)),$(KNOWN_WERROR)))
KNOWN_WERROR = $(eval KNOWN_WERROR := $(shell $(CC) --version 2>/dev/null | sed -n \
        -e '1s/^gcc .* 1[24]\.[0-9.]*$$/-Werror/p' -e '1s/.*clang version 1[49]\..*/-Werror/p'))$(KNOWN_WERROR)
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
       -Wwrite-strings -Wundef $(WERROR)

CFLAGS  = -std=c17 -D_GNU_SOURCE $(OPT) $(HARD) $(SAN) $(WARN) -DSIMAE_VERSION='"$(VERSION)"' \
          -DSIMAE_DATADIR='"$(PREFIX)/share/simae"' -Iinclude
LDFLAGS = $(SAN) -pie -Wl,-z,relro,-z,now -Wl,--as-needed

# Asked once, and not before a recipe needs them: on a new machine pkg-config
# itself arrives with the packages.
LIB_CFLAGS = $(eval LIB_CFLAGS := $(shell pkg-config --cflags $(LIBS)))$(LIB_CFLAGS)
LIB_LDLIBS = $(eval LIB_LDLIBS := $(shell pkg-config --libs $(LIBS)) -lm)$(LIB_LDLIBS)
# libvterm is linked statically: its shared object differs between distributions.
TEST_LDLIBS = -lcmocka -l:libvterm.a

Q   := $(if $(V),,@)
SAY  = $(if $(V),@:,@printf '  %-7s %s\n')

SOURCES := $(shell find src -name '*.c' | LC_ALL=C sort)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MAIN    := $(BUILD)/src/main.o
FACES   := $(filter $(BUILD)/src/ui/% $(BUILD)/src/cli/%,$(OBJECTS))
LIB_OBJECTS := $(filter-out $(MAIN) $(FACES),$(OBJECTS))
SQL     := $(shell find src/store/migrations -name '*.sql' | LC_ALL=C sort)

all: $(BUILD)/simae $(BUILD)/libsimae.a

$(BUILD)/simae: $(OBJECTS)
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS)

# Archives are made aside and moved, so that two makes at once see whole ones.
$(BUILD)/libsimae.a: $(LIB_OBJECTS)
	$(SAY) AR $@
	$(Q)rm -f $@.$$$$ && ar qcs $@.$$$$ $^ && mv $@.$$$$ $@

# The two faces, for the tests.
$(BUILD)/libfaces.a: $(FACES)
	$(SAY) AR $@
	$(Q)rm -f $@.$$$$ && ar qcs $@.$$$$ $^ && mv $@.$$$$ $@

$(BUILD)/%.o: %.c | tools
	$(SAY) CC $<
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(LIB_CFLAGS) -MMD -MP -c -o $@ $<

# The migrations, embedded in order of their names.
$(BUILD)/src/store/migrate.o: CFLAGS += -I$(BUILD)/gen
$(BUILD)/src/store/migrate.o: $(BUILD)/gen/migrations.inc
$(BUILD)/gen/migrations.inc: $(SQL) tests/check/embed_sql.sh
	$(Q)mkdir -p $(@D) && sh tests/check/embed_sql.sh $(SQL) > $@.$$$$ && mv $@.$$$$ $@

# The one file that knows where `make install` puts the forms: compiled again when PREFIX changes.
$(BUILD)/src/app/forms.o: $(BUILD)/gen/prefix
$(BUILD)/gen/prefix: always
	$(Q)mkdir -p $(@D) && echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@

-include $(OBJECTS:.o=.d)

include tests/tests.mk

# Tests are compiled more often than they are run.
ifeq ($(FLAVOUR),)
$(BUILD)/tests/unit/%.o $(BUILD)/tests/tui/%.o: OPT := -O1 -g
endif
# A fifth of the time of a build with sanitizers went into optimising the tests, which need none of it.
# (Without optimising, gcc does not know how long a number can be; the other build has told.)
ifeq ($(FLAVOUR),asan)
$(BUILD)/tests/%.o: OPT := -O0 -g1 -fno-omit-frame-pointer -Wno-format-truncation
endif

tools:
	@pkg-config --exists $(LIBS) 2>/dev/null || \
	  { echo "Faltan paquetes para compilar; instálelos con: make deps"; exit 1; }

deps:
	@sh tests/check/deps.sh all

run:
	@sh tests/check/deps.sh run
	@$(MAKE) --no-print-directory all
	@sh tests/check/run.sh $(BUILD)/simae

check:
	@sh tests/check/deps.sh check
	@DEV=$(DEV) V=$(V) sh tests/check/all.sh

install: all
	install -D -m 755 $(BUILD)/simae $(DESTDIR)$(PREFIX)/bin/simae
	mkdir -p $(DESTDIR)$(PREFIX)/share/simae
	cp -R forms $(DESTDIR)$(PREFIX)/share/simae/

DIST := simae-$(VERSION)
dist:
	@mkdir -p build
	@tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w \
	  --mtime=@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)} \
	  --transform 's,^,$(DIST)/,' -cf - \
	  src include forms tests Makefile README.md CHANGELOG.md .ci .clang-format .gitignore \
	  | gzip -9n > build/$(DIST).tar.gz
	@echo build/$(DIST).tar.gz

clean:
	rm -rf build

always:
.PHONY: all run check deps install dist clean tools always
.DELETE_ON_ERROR:
