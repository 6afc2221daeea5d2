#!/usr/bin/env bash
# Builds what is needed and runs the tour or the benchmarks.
set -euo pipefail

root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

usage() {
  cat <<END
Usage: ./$(basename "$0") COMMAND [ARGUMENT...]

  tour    show what Fleche does, in a minute
  bench   run the benchmarks; arguments go to them
  help    print this

Needs Java 17 (a JDK) and Maven 3.8 or newer. JAVA_HOME and MAVEN_OPTS are honoured.
END
}

fail() {
  echo "fleche: $*" >&2
  exit 1
}

# Sets java to a Java 17 or newer, and JAVA_HOME to its home, so that Maven uses the same one.
find_java() {
  local settings version
  java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  java=${java:-java}
  command -v "$java" >/dev/null || fail "$java not found; install a JDK 17 or newer, or set JAVA_HOME"
  settings=$("$java" -XshowSettings:properties -version 2>&1) || fail "$java does not run: $settings"
  version=$(sed -n 's/^ *java.specification.version = //p' <<<"$settings")
  version=${version#1.}
  [ "${version:-0}" -ge 17 ] || fail "$java is Java ${version:-unknown}; Java 17 or newer is needed (set JAVA_HOME)"
  JAVA_HOME=$(sed -n 's/^ *java.home = //p' <<<"$settings")
  export JAVA_HOME
}

# True if the module was built from the present sources and all of its class path is still there.
is_built() {
  local target=$root/$1/target entry
  [ -f "$target/built" ] && [ -f "$target/classpath" ] && [ -d "$target/classes" ] || return 1
  [ -z "$(find "$root"/.mvn "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$target/built" -print -quit)" ] ||
    return 1
  while read -r -d : entry; do
    [ -e "$entry" ] || return 1
  done <<<"$(<"$target/classpath"):"
}

build() {
  local target=$root/$1/target output
  [ -x "$JAVA_HOME/bin/javac" ] || fail "$JAVA_HOME has no compiler; install a JDK 17 or newer, or set JAVA_HOME"
  command -v mvn >/dev/null || fail "mvn not found; install Maven 3.8 or newer"
  echo "building (first time takes a minute) ..." >&2
  mkdir -p "$target"
  # The mark is from before the build: a change made meanwhile counts as new.
  touch "$target/building"
  output=$(cd "$root" && mvn -q -B -ntp -pl "$1" -am -DskipTests -Dspotless.apply.skip=true package </dev/null 2>&1) ||
    fail "the build failed:"$'\n'"$output"
  mv "$target/building" "$target/built"
}

# Runs a main class of a module: run MODULE CLASS ARGUMENT...
run() {
  local module=$1 main=$2
  shift 2
  find_java
  is_built "$module" || build "$module"
  exec "$java" -cp "$root/$module/target/classes:$(<"$root/$module/target/classpath")" "$main" "$@"
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  tour) run examples dev.fleche.examples.Tour "$@" ;;
  bench) run benchmarks dev.fleche.benchmarks.Bench "$@" ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    fail "unknown command: $command"
    ;;
esac
