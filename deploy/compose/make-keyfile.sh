#!/usr/bin/env bash
# Makes the key of the replica set, unless it is there: whole or not at all, for mongodb's eyes alone.
set -euo pipefail
[ -e /keyfile/key ] && exit 0
umask 077
head -c 756 /dev/urandom | base64 >/keyfile/new
chown mongodb:mongodb /keyfile/new
chmod 400 /keyfile/new
mv /keyfile/new /keyfile/key
