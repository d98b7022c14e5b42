# looplab - `make help` says what can be made.
#
# The folders are the lists: a .c file in src, demos or tests is built because
# it is there. What is installed is asked in recipes only, so `make deps test`
# works on a machine that has no compiler when make starts.
#
# Variants stand beside each other, each in a folder of its own under build/:
#     make CC=clang   make SAN=address   make SAN=thread   make SWITCH=ucontext
# CPPFLAGS, CFLAGS and LDFLAGS are yours; they come after ours. V=1 shows the
# commands in full.

PREFIX = /usr/local
DESTDIR =
WERROR = -Werror
SAN =

space := $(subst ,, )
comma := ,
B := build$(addprefix /,$(subst $(space),-,$(strip \
    $(filter clang%,$(notdir $(CC))) $(SAN) $(SWITCH))))

# Asked of the compiler when the first recipe wants it, and known from then on.
machine = $(eval machine := $$(shell $$(CC) -dumpmachine))$(machine)
PKG_CONFIG = pkg-config
SWITCH ?= $(firstword $(subst -, ,$(machine)))
switch = $(firstword $(wildcard src/core/switch_$(SWITCH).[cS]) \
    src/core/switch_ucontext.c)

# What the compiler is told.

# Tables leave out what is zero.
warnings = -Wall -Wextra -Wno-missing-field-initializers -Wpedantic \
    -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
    $(WERROR)
# A task's stack ends in a guard page. Clash protection keeps a large frame
# from jumping over it; the frame pointer lets a parked task be shown.
harden = -fno-omit-frame-pointer -fstack-clash-protection \
    -fstack-protector-strong \
    $(if $(filter x86_64-% i%86-%,$(machine)),-fcf-protection)
fortify = $(if $(SAN)$(filter -O0,$(optimize) $(CFLAGS)),, \
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
sanitize = $(if $(SAN),-fno-sanitize-recover=all \
    -fsanitize=$(patsubst address,address$(comma)undefined,$(SAN)))
# No path of this machine gets into what is built.
paths = -ffile-prefix-map=$(CURDIR)=. \
    $(if $(findstring clang,$(CC)),-fdebug-compilation-dir=.)

optimize = -O2
flags = -std=gnu11 $(optimize) -g -Isrc -D_GNU_SOURCE -pthread $(warnings) $(harden) \
    $(fortify) $(sanitize) $(paths) $(CPPFLAGS) $(CFLAGS)
for_tests = -Itests -DLAB_DEMOS_DIR='"$(abspath $(B)/demos)"' \
    -DLAB_TESTS_DEMOS_DIR='"$(abspath $(B)/tests-demos)"' \
    -DLAB_SOURCES_DIR='"$(abspath demos)"' \
    -DLAB_LESSONS_DIR='"$(abspath lessons)"' \
    -DLAB_INCLUDE_DIR='"$(abspath src)"' \
    -DLAB_GOLDEN_DIR='"$(abspath tests/view/golden)"' \
    -DLAB_PICTURES_DIR='"$(abspath tests/view/pictures)"' \
    -DLAB_FIXTURES_DIR='"$(abspath tests/record/fixtures)"' \
    -DLAB_FUZZ_DIR='"$(abspath tests/fuzz)"'
# Where pointers are to be set when the program is loaded takes 24 bytes each, or
# a bit if they are packed: that is a twentieth of a start in a pipe. glibc 2.36
# is the first that can read them so.
packs = $(shell echo $$(($$(echo '__GLIBC_PREREQ(2, 36)' | \
    $(CC) -E -P -include features.h - 2>/dev/null))))
packed = $(if $(filter 1,$(packs)),-Wl$(comma)-z$(comma)pack-relative-relocs)
# Demos find lab_spawn and the rest in the program, hence -rdynamic.
link = -rdynamic -pie -pthread $(harden) $(sanitize) -Wl,--as-needed \
    -Wl,-z,relro,-z,now $(packed) $(CFLAGS) $(LDFLAGS)
# The last line of a demo says that it is whole: looplab loads no other unasked.
seal = printf 'looplab %s\n' "$$(cksum <$@)" >>$@
libraries = -luv -ledit -ldl -lm
# The program has them in it, and what libedit needs, where all the archives are
# installed: to find, map and bind five libraries takes a third of the time from
# start to prompt. The shared ones, last in line, then have nothing to add.
# looplab-shared is for a package of Debian, which wants no copies of libraries.
archives = uv_a edit tinfo bsd md
found = $(foreach name,$(archives),$(wildcard $(shell \
    $(CC) -print-file-name=lib$(name).a)))
within = $(if $(SAN)$(filter-out $(words $(archives)),$(words $(found))), \
    ,$(found) -Wl$(comma)--exclude-libs$(comma)ALL)

# What there is.

main := src/main.c
folders := $(shell find src tests demos -type d)
sources := $(filter-out $(main) src/core/switch_%,$(sort \
    $(shell find src -name '*.c')))
assets := $(sort $(shell find src -name '*.js' -o -name '*.css' \
    -o -name '*.html' -o -name '*.svg' -o -name '*.sh' -o -path '*/codes/*'))
tests := $(sort $(shell find tests -name '*.c' ! -path 'tests/bench/*' \
    ! -path 'tests/fault/*' ! -path 'tests/pty/*' ! -path 'tests/demos/*' \
    ! -path 'tests/real/*'))
faults := $(sort $(wildcard tests/fault/*.c tests/models/*.c))
fuzzers := $(basename $(notdir $(wildcard tests/fuzz/*.dict)))
benches := $(sort $(wildcard tests/bench/*.c))
scenes := $(sort $(wildcard tests/fault/scenes/*.c))
preloads = $(patsubst tests/fault/preload/%.c,$(B)/preload-%.so,$(wildcard \
    tests/fault/preload/*.c))
demos := $(sort $(wildcard demos/[0-9]*.c))

# The recorder of Python programs is joined from its parts.
recorder := $(B)/obj/recorder.py
parts := src/guest/start.py $(filter-out %/start.py %/main.py,$(sort \
    $(wildcard src/guest/*.py))) src/guest/main.py

object = $(1:%.c=$(B)/obj/%.o)
objects := $(call object,$(sources)) $(B)/obj/src/core/switch.o \
    $(assets:%=$(B)/obj/%.o) $(recorder:%=%.o)
modules := $(demos:%.c=$(B)/%.so)
# The examples in the headers, each as a test; and those on the pages of codes.
examples := $(B)/obj/tests/uses $(B)/obj/tests/codes
# Demos that misbehave, for tests alone.
tests_demos := $(patsubst tests/demos/%.c,$(B)/tests-demos/%.so,$(sort \
    $(wildcard tests/demos/*.c)))

.DELETE_ON_ERROR:
$(if $(V),,.SILENT:)
.SUFFIXES:
.PHONY: build run test fault fuzz bench real browser coverage check lessons \
    golden lint format install uninstall deb clean deps deps-demos deps-lint deps-browser deps-dev \
    install-deps help FORCE
# All the cores there are, unless make was told otherwise.
ifeq ($(filter -j% --jobs%,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 1)
endif

build: $(B)/looplab $(modules) $(B)/demos/index.jsonl ## build the program and the demos (default)
	rm -f $(filter-out $(modules) $(modules:.so=.skipped), \
	    $(wildcard $(B)/demos/*.so $(B)/demos/*.skipped))

run: build ## open the prompt; without a terminal, run all the demos
	tests/tools/prompt $(B)/looplab

test: build $(B)/tests $(B)/bench ## build everything and run every test
	tests/tools/suites $(B) </dev/null

fault: build $(B)/looplab-shared $(B)/fault $(B)/scenes $(preloads) ## run the tests that take minutes
	# With demos that leave memory and files to us, not to libraries or libc.
	rm -rf $(B)/fault-demos
	mkdir $(B)/fault-demos
	cp $(patsubst %.c,$(B)/%.so,$(shell grep -LE '^// (needs|uses): |fopen' \
	    $(demos))) $(B)/fault-demos
	$(B)/fault

# KINDS="line http" tries these alone, RUNS=1000000 so often. What is compared is
# not looked at, which takes half the time: there are dictionaries. What demos
# are loaded is not the fuzzer's: it cannot lose what it counts in.
fuzz: build ## try what is read with bytes that nobody meant: SECONDS=60 each
	$(MAKE) B=build/fuzz CC=clang SAN=address \
	    CFLAGS='-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp' \
	    $(fuzzers:%=build/fuzz/fuzz-%)
	rm -rf build/fuzz/demos && mkdir build/fuzz/demos
	cp $(modules) build/fuzz/demos
	tests/tools/fuzz build/fuzz '$(SECONDS)' '$(RUNS)' $(KINDS)

bench: build $(B)/bench ## measure beside peers: NAMES="switch echo" ROUNDS=7
	CC='$(CC)' python3 tests/bench/compare.py $(ROUNDS:%=--rounds=%) $(B) \
	    $(NAMES)

real: build ## hold laws against the real clock, lessons and programs against asyncio
	tests/real/run $(B)
	$(B)/looplab run all --clock=real

browser: build ## try what is exported where it is read: a page in Chromium
	tests/browser/run $(B)

coverage: ## say how much of src/core the unit tests reach
	$(MAKE) B=build/coverage CFLAGS='--coverage -O1' build/coverage/tests build
	find build/coverage -name '*.gcda' -delete
	build/coverage/tests >/dev/null
	cd build/coverage && gcovr -r ../.. -f ../../src/core --txt \
	    --exclude-unreachable-branches --exclude-throw-branches .
	cd build/coverage && gcovr -r ../.. -f ../../src/core --txt -b \
	    --exclude-unreachable-branches --exclude-throw-branches . | tail -4

check: test lint ## what must hold before a commit: test and lint

# What README.md begins with.
picture = lessons/02_sleep_timer.svg

lessons: build ## write the commands' real output into the lessons
	$(B)/looplab lessons --write
	$(B)/looplab lessons --write README.md
	$(B)/looplab export svg $(picture) 2 >/dev/null

golden: build $(B)/tests ## write what the views show now into tests/view
	mkdir -p tests/view/golden tests/view/pictures
	LOOPLAB_GOLDEN=write $(B)/tests golden view/ >/dev/null
	tests/guest/run $(B) --write

# Holds the flags, and changes when they do: everything is then built anew. Each
# object has its folder by then. Two makes at a time write two files.
# What is built needs what deps installs, if that was asked for.
$(B)/flags: FORCE | $(filter clean deps%,$(MAKECMDGOALS))
	mkdir -p $(addprefix $(B)/obj/,$(folders))
	echo '$(subst ','\'',$(CC) $(switch) $(flags) $(link) $(value seal))' >$@.$$$$; \
	if cmp -s $@.$$$$ $@; then rm $@.$$$$; else mv $@.$$$$ $@; fi

# A linker writes a file here and there, and the kernel then keeps it in small
# pieces. A copy is written in one go, and so starts 4 % faster.
$(B)/looplab $(B)/looplab-shared: $(call object,$(main)) $(objects)
	echo "  link $@"
	$(CC) $(link) -o $@.linked $^ $(if $(filter-out %-shared,$@),$(within)) \
	    $(libraries)
	cp $@.linked $@.new
	rm $@.linked
	mv $@.new $@

$(B)/tests: $(call object,$(tests)) $(examples:=.o) $(objects) | $(tests_demos)
	echo "  link $@"
	$(CC) $(link) -o $@ $^ $(libraries) -lcmocka -lcmark

$(B)/fault: $(call object,$(faults) tests/main.c tests/picture.c) $(objects)
	echo "  link $@"
	$(CC) $(link) -o $@ $^ $(libraries) -lcmocka

$(B)/bench: $(call object,$(benches)) $(objects)
	echo "  link $@"
	$(CC) $(link) -o $@ $^ $(libraries)

$(B)/fuzz-%: $(B)/obj/tests/fuzz/%.o $(objects)
	echo "  link $@"
	$(CC) -fsanitize=fuzzer $(link) -o $@ $^ $(libraries)

# The core as a program, and what is loaded before it, for tests/fault.
$(B)/scenes: $(call object,$(scenes)) $(objects)
	echo "  link $@"
	$(CC) $(link) -o $@ $^ $(libraries)

$(B)/preload-%.so: tests/fault/preload/%.c $(B)/flags \
    $(wildcard tests/fault/preload/*.h)
	echo "  compile $<"
	$(CC) $(flags) -fPIC -shared -o $@ $<

$(B)/obj/src/%.o: src/%.c $(B)/flags
	echo "  compile $<"
	$(CC) $(flags) -fPIE -MMD -MP -c -o $@ $<

# What is no C is taken into the program byte by byte, between two symbols
# named after it: _binary_src_view_page_css_start and _end.
$(assets:%=$(B)/obj/%.o): $(B)/obj/%.o: % $(B)/flags
	echo "  embed $<"
	$(CC) -nostdlib -r -Wl,-z,noexecstack -Wl,-b,binary -o $@ $<

# Likewise, between _binary_recorder_py_start and _end.
$(recorder): $(parts) $(B)/flags
	cat $(parts) >$@

$(recorder:%=%.o): $(recorder)
	echo "  embed $(<F)"
	cd $(@D) && $(CC) -nostdlib -r -Wl,-z,noexecstack -Wl,-b,binary \
	    -o $(@F) $(<F)

# One file of several, by the machine, and so named only here.
$(B)/obj/src/core/switch.o: $(wildcard src/core/switch_*) $(B)/flags
	echo "  compile $(switch)"
	$(CC) $(flags) -fPIE -MMD -MP -c -o $@ $(switch)

# The tests' own code need not be fast; so it is compiled in half the time. What
# it needs, such as the flags of all, is not.
$(B)/obj/tests/%.o: private optimize = -O0
$(B)/obj/tests/bench/%.o $(B)/obj/tests/fault/%.o $(B)/obj/tests/models/%.o \
    $(B)/obj/tests/fuzz/%.o: private optimize = -O2
$(B)/obj/tests/%.o: tests/%.c $(B)/flags
	echo "  compile $<"
	$(CC) $(flags) $(for_tests) -fPIE -MMD -MP -c -o $@ $<

$(examples:=.c): $(B)/obj/tests/%.c: tests/% src/lab.h $(B)/flags \
    $(wildcard src/core/*.h src/shell/codes/*.md)
	echo "  extract $@"
	$< >$@

$(examples:=.o): %.o: %.c $(B)/flags
	echo "  compile $<"
	$(CC) $(flags) $(for_tests) -fPIE -MMD -MP -c -o $@ $<

# Bound when loaded: a missing symbol is refused then, not met in a run. A demo
# says which libraries it needs: "// needs: sqlite3 libpq", as pkg-config calls
# them. Where one is absent, the demo is skipped, and a file says so: a line
# for each, with its package.
#
# A demo whose machinery would hide its question has it in a folder of the same
# name: the parts, which are linked to it. "// uses: libnghttp2" is a library
# that only they need: where it is absent, those in the folder without take
# their place. It is looked for again at each make.
define build_demo
mkdir -p $(@D) $(B)/obj/$(notdir $(@D))
rm -f $@ $(@:.so=.skipped)
needs='$(call needs,$<)'; packages=; \
if ! PKG_CONFIG='$(PKG_CONFIG)' tests/tools/needs $$needs \
    >$(@:.so=.skipped); then \
    echo "  skip $<: needs $$(cut -d ' ' -f 1 $(@:.so=.skipped) | \
        paste -sd ' '); make deps-demos installs it"; \
    exit 0; \
fi; \
rm $(@:.so=.skipped); \
parts='$(call linked,$(<:.c=))'; uses='$(call uses,$<)'; without=; \
if test -z "$$uses"; then :; \
elif PKG_CONFIG='$(PKG_CONFIG)' tests/tools/needs $$uses >/dev/null; then \
    needs="$$needs $$uses"; \
else \
    parts='$(call linked,$(<:.c=)/without)'; \
    without="-DLAB_WITHOUT=$$uses"; \
    packages=$$(tests/tools/needs --packages $$uses | paste -sd ' '); \
fi; \
echo "  compile $<$${without:+ without $$uses; make deps-demos installs it}"; \
cflags=; libs=; \
if test -n "$$needs"; then \
    cflags=$$($(PKG_CONFIG) --cflags $$needs | sed 's/-I/-isystem /g'); \
    libs=$$($(PKG_CONFIG) --libs $$needs); \
fi; \
for part in $$parts; do \
    object=$(B)/obj/$${part%.c}.o; \
    mkdir -p $${object%/*}; \
    $(CC) $(flags) $$cflags -I$(<D) -fPIC -c -o $$object $$part || exit 1; \
    libs="$$object $$libs"; \
done; \
$(CC) $(flags) $$cflags $${without:+"$$without"} \
    $${packages:+"-DLAB_WITHOUT_PACKAGES=$$packages"} -I$(<D) -fPIC -shared \
    -Wl,-z,relro,-z,now -MMD -MP \
    -MF $(@:$(B)/%.so=$(B)/obj/%.d) $(LDFLAGS) -o $@ $< $$libs && \
$(seal) && \
if test -n "$$without"; then touch -d @0 $@; fi
endef
needs = $(shell sed -sn '1,20s|^// needs: ||p' $1)
uses = $(shell sed -sn '1,20s|^// uses: ||p' $1)
linked = $(wildcard $1/*.c)

.SECONDEXPANSION:
$(B)/demos/%.so: demos/%.c $(B)/flags $$(wildcard demos/$$*/* demos/$$*/*/*)
	$(build_demo)

# What the demos ask, so that list need not load them. One that cannot be loaded
# is told here, and is no reason to stop.
$(B)/demos/index.jsonl: $(modules) $(B)/looplab
	$(B)/looplab list --demos=$(@D) --json >$@.new || :
	mv $@.new $@

$(B)/tests-demos/%.so: tests/demos/%.c $(B)/flags $$(wildcard tests/demos/$$*/*)
	$(build_demo)

-include $(patsubst %.o,%.d,$(examples:=.o) $(objects) $(call object,$(main) $(tests) $(faults) \
    $(benches) $(scenes)))
-include $(demos:%.c=$(B)/obj/%.d) $(tests_demos:$(B)/%.so=$(B)/obj/%.d)

# Tidiness.

lint: | $(filter deps%,$(MAKECMDGOALS)) ## look for mistakes without running anything
	tests/tools/lint

format: ## lay the C out in house style
	clang-format -i $(shell find src demos tests -name '*.[ch]')

# Installing.

bin = $(DESTDIR)$(PREFIX)/bin
lib = $(DESTDIR)$(PREFIX)/lib/looplab
share = $(DESTDIR)$(PREFIX)/share/looplab
man = $(DESTDIR)$(PREFIX)/share/man/man1
bash = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zsh = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fish = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

install: build ## install under PREFIX (/usr/local), inside DESTDIR
	install -d $(bin) $(lib)/demos $(share)/demos \
	    $(share)/lessons/exercises \
	    $(share)/include $(man) $(bash) $(zsh) $(fish)
	install $(B)/looplab $(bin)
	$(B)/looplab manual >$(man)/looplab.1
	install -m 644 src/shell/completions/looplab.bash $(bash)/looplab
	install -m 644 src/shell/completions/_looplab $(zsh)
	install -m 644 src/shell/completions/looplab.fish $(fish)
	rm -f $(lib)/demos/*
	# With their times: looplab says when the C of a demo is the newer one.
	cd $(B)/demos && install -p -m 644 * $(abspath $(lib))/demos
	install -p -m 644 $(demos) $(share)/demos
	cp -R $(wildcard demos/*/) $(share)/demos
	install -m 644 $(sort $(wildcard lessons/*.md lessons/[0-9]*.[cp]*)) \
	    $(share)/lessons
	install -m 644 $(sort $(wildcard lessons/exercises/*.md)) \
	    $(share)/lessons/exercises
	cd src && $(CC) -MM -I. -D_GNU_SOURCE lab.h | tr -d '\\' | \
	    tr ' ' '\n' | grep '\.h$$' | sort -u | \
	    xargs cp --parents -t $(abspath $(share))/include

uninstall: ## remove what install put there
	rm -f $(bin)/looplab $(man)/looplab.1 $(bash)/looplab $(zsh)/_looplab \
	    $(fish)/looplab.fish
	rm -rf $(lib) $(share)

deb: build ## make a package for Debian: build/deb/looplab_*.deb
	tests/tools/deb $(B) $(B)/deb
	! command -v lintian >/dev/null || \
	    lintian --allow-root --fail-on error,warning $(B)/deb/*.deb

clean: ## remove everything that was built
	rm -rf build

# What has to be there.

for_deps = gcc make libc6-dev libuv1-dev libedit-dev libcmocka-dev \
    libcmark-dev cmark python3 python3-pexpect python3-pyte
for_deps-lint = $(for_deps) clang clang-format clang-tidy libclang-rt-dev llvm \
    cppcheck gcovr valgrind shellcheck codespell strace tmux mandoc
for_deps-browser = $(for_deps) chromium chromium-driver libxml2-utils \
    librsvg2-bin jq tidy python3-jsonschema
# The libraries of demos, and the programs that some talk to.
for_deps-demos = $(for_deps) pkg-config $(shell tests/tools/needs --packages \
    $(call needs,$(demos)) $(call uses,$(demos))) postgresql python3-uvloop python3-aiohttp \
    python3-grpcio
for_deps-dev = $(for_deps-lint) $(for_deps-browser) golang-go nodejs lua5.4 \
    cargo librust-tokio-dev libst-dev libboost-context-dev python3-uvloop \
    python3-aiohttp

deps: install-deps ## install what building and testing need
deps-demos: install-deps ## install what some demos need as well
deps-lint: install-deps ## install what lint, sanitizers and fuzzing need as well
deps-browser: install-deps ## install what the browser tests need
deps-dev: install-deps ## and what bench peers need

# All lists that were asked for at once: two calls would be in each other's way.
install-deps:
	tests/tools/deps $(sort $(foreach goal,$(filter deps%,$(MAKECMDGOALS)), \
	    $(for_$(goal))))

help: ## list the goals
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' \
	    Makefile
