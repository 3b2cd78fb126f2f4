# What an object store takes from a pod and gives to it. Needs rclone and a POSIX shell.
#
#   store.sh upload FROM TO [MARK]                when the containers that it is beside have ended: FROM into TO, then MARK
#   store.sh download FROM TO INJECTORS SECONDS   FROM into TO once INJECTORS have ended, or after SECONDS
set -eu

# Three times in all, with a pause: a store that is busy, or away for a moment, is met at the worst of times.
persistently() {
  for try in 1 2 3; do
    if "$@"; then
      return 0
    fi
    echo "try $try of 3 failed: $*" >&2
    if [ "$try" -lt 3 ]; then
      sleep "${FIRSTLINE_STORE_PAUSE:-10}" &
      wait $! || true
    fi
  done
  return 1
}

mark() {
  echo ended | rclone rcat "$1"
}

upload() {
  ended=
  trap 'ended=yes' TERM
  echo "waits for the end of the containers it is beside"
  # A second at a time, as a signal that comes just before a longer sleep would be heard after it.
  while [ -z "$ended" ]; do
    sleep 1 &
    wait $! || true
  done
  # An injector that failed early has left no folder, and has ended nevertheless.
  mkdir -p "$1"
  if persistently rclone copy "$1" "$2" && { [ -z "${3:-}" ] || persistently mark "$3"; }; then
    echo "uploaded $1 to $2"
  else
    echo "LOST: $1 is not, or not all, in $2, and goes with this pod" >&2
    exit 1
  fi
}

# How many have. Where nobody has, there may be no such folder, which is no error; any other is said, and tried again.
ended() {
  listed=$(rclone lsf "$1/ended") || [ $? -eq 3 ] || echo "cannot list $1/ended" >&2
  printf '%s' "$listed" | grep -c . || true
}

download() {
  trap 'exit 143' TERM
  end=$(($(date +%s) + $4))
  until ended=$(ended "$1"); [ "$ended" -ge "$3" ]; do
    if [ "$(date +%s)" -ge "$end" ]; then
      echo "$ended of $3 injectors have ended after $4 s: what the others left, if anything, is incomplete" >&2
      break
    fi
    sleep "${FIRSTLINE_STORE_PAUSE:-10}" &
    wait $!
  done
  # Where nobody left anything, the merge says so.
  mkdir -p "$2"
  rclone copy --exclude "/ended/**" --exclude "/merged/**" "$1" "$2" || [ $? -eq 3 ]
  echo "fetched $1: $ended of $3 injectors have ended"
}

"$@"
