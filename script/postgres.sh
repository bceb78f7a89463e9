# shellcheck shell=bash
#
# A throw-away PostgreSQL for the tests: sourced by script/test, and by script/bootstrap to see whether the programs
# are there. Not meant to be run.
#
# The cluster lives in a new directory under /tmp, listens on a socket there and on a free port of the loopback
# address, trusts whoever can reach it, and gives up all durability for speed. It ends with the script that started
# it, even when that is killed.

postgres_dir=
postgres_pid=
postgres_port=

# Prints the directory of the server programs: the one in PATH, else the newest of Debian's.
postgres_bin() {
    local found='' bin
    while read -r bin; do
        # A machine with the client programs alone has the directory, too.
        if [[ -x $bin/initdb && -x $bin/postgres && -x $bin/pg_isready ]]; then
            found=$bin
        fi
    done < <(
        printf '%s\n' /usr/lib/postgresql/*/bin | sort -V
        if bin=$(command -v initdb); then
            dirname "$(readlink -f "$bin")"
        fi
    )
    [[ -n $found ]] && printf '%s\n' "$found"
}

# PostgreSQL refuses to run as root. Prints the user that stands in for root: one that is there anyway.
postgres_user() {
    local user
    for user in postgres nobody; do
        if id -u "$user" >/dev/null 2>&1; then
            printf '%s\n' "$user"
            return
        fi
    done
    echo 'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as' >&2
    return 1
}

# Becomes COMMAND, as the cluster's owner and in its directory; SIGINT, a fast shutdown, when the script dies.
postgres_become() {
    local become=(setpriv --pdeathsig INT) user
    if ((EUID == 0)); then
        user=$(postgres_user) || exit
        become+=(--reuid "$user" --regid "$(id -g "$user")" --clear-groups)
    fi
    cd "$postgres_dir" || exit
    exec "${become[@]}" "$@"
}

postgres_init() {
    local bin=$1
    # Under /tmp whatever TMPDIR says: a socket's path has room for some 100 bytes, and the stand-in must reach it.
    postgres_dir=$(mktemp -d /tmp/vitrine-postgres.XXXXXX)
    if ((EUID == 0)); then
        chown "$(postgres_user)" "$postgres_dir"
    fi
    (postgres_become "$bin/initdb" --pgdata data --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
        --no-sync >"$postgres_dir/log" 2>&1) || {
        cat "$postgres_dir/log" >&2
        return 1
    }
}

# Starts the server on PORT and waits until it answers on its own socket. Fails when it ends before.
postgres_try() {
    local bin=$1 port=$2 tries
    (postgres_become "$bin/postgres" -D data -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories="$postgres_dir" -c max_connections=300 \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off) </dev/null >"$postgres_dir/log" 2>&1 &
    postgres_pid=$!
    for ((tries = 0; tries < 300; tries++)); do
        kill -0 "$postgres_pid" 2>/dev/null || break
        if "$bin/pg_isready" -q -h "$postgres_dir" -p "$port"; then
            postgres_port=$port
            return 0
        fi
        sleep 0.1
    done
    postgres_kill
    return 1
}

# Creates and starts the cluster, and exports TEST_POSTGRES_URL.
postgres_start() {
    local bin attempt
    bin=$(postgres_bin) || {
        echo "PostgreSQL's server programs initdb and postgres are missing: run 'script/bootstrap test'" >&2
        return 1
    }
    postgres_init "$bin"
    for ((attempt = 0; attempt < 20; attempt++)); do
        # Below the ports that the kernel hands out, so that no passing connection takes it in between.
        if postgres_try "$bin" $((20000 + RANDOM % 12000)); then
            export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$postgres_port/postgres"
            return 0
        fi
        # Another port helps only where the port was the trouble.
        grep -q 'Address already in use' "$postgres_dir/log" || break
    done
    cat "$postgres_dir/log" >&2
    return 1
}

# Ends the server: fast, and without ceremony where that takes longer than ten seconds.
postgres_kill() {
    local tries
    [[ -n $postgres_pid ]] || return 0
    kill -INT "$postgres_pid" 2>/dev/null || true
    for ((tries = 0; tries < 100; tries++)); do
        kill -0 "$postgres_pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -QUIT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
    postgres_pid=
}

postgres_stop() {
    postgres_kill
    [[ -z $postgres_dir ]] || rm -rf "$postgres_dir"
    postgres_dir=
}
