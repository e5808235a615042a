# Sourced by milvus-tls and run-benchmarks.sh, in POSIX sh: finds Java, builds a jar when its sources are newer,
# and sets what Java needs from its surroundings. Expects $name (of the command) and $home (the clone).

fail() {
  printf '%s: %s\n' "$name" "$1" >&2
  exit 3
}

# Sets $java, and $java_options to what keeps a JVM silent about native libraries and Unsafe, which Netty uses.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
  command -v "$java" >/dev/null 2>&1 || fail "no Java found at '$java'; install JDK 17 or newer, or set JAVA_HOME"
  settings=$("$java" -XshowSettings:properties -version 2>&1)
  version=$(printf '%s\n' "$settings" | sed -n 's/^ *java\.specification\.version = //p')
  case $version in
    '' | *[!0-9]*) version=8 ;;
  esac
  [ "$version" -ge 17 ] || fail "Java $version found at '$java'; JDK 17 or newer is needed: set JAVA_HOME"
  java_options=--enable-native-access=ALL-UNNAMED
  # JEP 498: the option exists from JDK 23, the warning from JDK 24.
  [ "$version" -lt 23 ] || java_options="$java_options --sun-misc-unsafe-memory-access=allow"
  # A user without an entry in passwd has the home '?' in Java, whatever HOME says; Maven fills it too.
  lost_home=
  case $settings in
    *'user.home = ?'*)
      if [ -n "${HOME:-}" ]; then
        lost_home=yes
        export MAVEN_OPTS="-Duser.home=$HOME ${MAVEN_OPTS:-}"
      fi
      ;;
  esac
}

# run_java OPTION...: replaces this shell.
run_java() {
  exec "$java" $java_options ${lost_home:+"-Duser.home=$HOME"} "$@"
}

# Java reads arguments and file names in the encoding of the locale, and loses letters that it lacks. One locale
# that is not installed makes the whole of it POSIX: then 'locale' complains.
use_utf8() {
  [ "$(locale charmap 2>&1)" = UTF-8 ] || export LC_ALL=C.UTF-8
}

# build_when_needed JAR MODULE...: the last module makes the jar.
build_when_needed() {
  jar=$1
  shift
  needs_build "$@" || return 0
  command -v mvn >/dev/null 2>&1 || fail "the command is not built and no Maven was found; install Maven 3.8.7 or newer"
  for module; do :; done
  printf '%s: building (on a new machine Maven loads 270 MB first, which takes 1 to 9 minutes)\n' "$name" >&2
  # Not even compiled: tests and formatting are for 'mvn verify'.
  {
    (cd "$home" && mvn -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true \
      -pl "$module" -am package) 2>&1 || echo 'the build failed'
  } | show_build >&2 || fail "the build failed; its messages are above"
  touch "$jar"
}

needs_build() {
  [ -f "$jar" ] || return 0
  for module; do
    [ -z "$(find "$home/pom.xml" "$home/$module/pom.xml" "$home/$module/src/main" \
      -type f -newer "$jar" 2>/dev/null | head -n 1)" ] || return 0
  done
  return 1
}

# A line for each module and for each hundred files that Maven loads; errors as they are. Fails when the build did.
show_build() {
  files=0
  result=0
  while IFS= read -r line; do
    case $line in
      *'Downloaded from '*)
        files=$((files + 1))
        [ $((files % 100)) -ne 0 ] || echo "  $files files loaded"
        ;;
      *'[INFO] Building milvus-tls'*) echo "  ${line#*'[INFO] '}" ;;
      'the build failed') result=1 ;;
      *'[INFO]'* | *'[WARNING]'* | 'WARNING: '* | '') ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  return $result
}

# Containers are stopped by our own shutdown hook and published on loopback: Testcontainers need not pull the
# images by which it does the one and finds out about the other.
set_up_testcontainers() {
  export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
  export TESTCONTAINERS_HOST_OVERRIDE="${TESTCONTAINERS_HOST_OVERRIDE:-localhost}"
}
