# Sourced by run, test and bench: finds a JDK 25 or newer whatever `java` is on the PATH, and goes to the project's folder.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jdk_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true; }

found=
for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk*; do
  [ -x "$jdk/bin/javac" ] || continue
  version=$(jdk_version "$jdk")
  if [ "${version:-0}" -ge 25 ]; then
    found=$jdk
    break
  fi
done
if [ -z "$found" ]; then
  echo "Cần JDK 25 trở lên nhưng máy này chưa có: hãy cài JDK 25 rồi chạy lại, hoặc đặt JAVA_HOME tới JDK đó. (A JDK 25 or newer is needed; install one or set JAVA_HOME.)" >&2
  exit 1
fi
export JAVA_HOME=$found
if ! command -v mvn >/dev/null; then
  echo "Cần Apache Maven 3.8 trở lên: trên Debian/Ubuntu chạy «apt-get install maven». (Apache Maven 3.8 or newer is needed.)" >&2
  exit 1
fi
# Maven 3.8's own libraries use memory access that JDK 25 warns about.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
