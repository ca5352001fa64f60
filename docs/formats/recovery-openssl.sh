#!/usr/bin/env bash
# Opens one OAEP block of a recovery file with OpenSSL's command line: recovery needs nothing of ours but this page's neighbour,
# recovery.md. Prints k of the first row of the first part, from which AES-256-GCM opens the rest of the row.
#   recovery-openssl.sh FILE RSA-PRIVATE-KEY.pem
set -euo pipefail

file=$1 key=$2
block=$(mktemp) opened=$(mktemp)
trap 'rm -f "$block" "$opened"' EXIT

number() { # the big-endian number of $2 bytes at offset $1
    od -An -v -tu1 -j "$1" -N "$2" "$file" | awk '{ for (i = 1; i <= NF; i++) n = n * 256 + $i } END { print n }'
}

[ "$(head -c 8 "$file")" = QRTRECOV ] && [ "$(number 8 2)" = 1 ] || { echo "not a recovery file of version 1" >&2; exit 1; }
bytes=$(($(openssl pkey -in "$key" -text -noout | sed -n 's/.*Private-Key: (\([0-9]*\) bit.*/\1/p') / 8))

# Behind the table (38 bytes for each part, 2 for each batch) and its digest comes the first part.
at=16
for ((batch = $(number 14 2); batch > 0; batch--)); do
    at=$((at + 2 + 38 * $(number "$at" 2)))
done
at=$((at + 32))

# ENC(label, SPKI, Q, chal, rows): a count, then four bytes of length before each.
at=$((at + 2))
for part in label spki images; do
    at=$((at + 4 + $(number "$at" 4)))
done
bit=$(($(number $((at + 4)) 1) & 1))
at=$((at + 4 + $(number "$at" 4)))
row=$(($(number "$at" 4) / 128))
at=$((at + 4))

# Row 0: what the challenge opened (sA of 32 bytes, or the x1), its randomness of 32 bytes, then the block of the other half.
if [ "$bit" = 1 ]; then opening=$((row - bytes - 80)); else opening=32; fi
tail -c +$((at + opening + 32 + 1)) "$file" | head -c "$bytes" >"$block" || true
openssl pkeyutl -decrypt -inkey "$key" -in "$block" -out "$opened" -pkeyopt rsa_padding_mode:oaep \
    -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
echo "k = $(od -An -v -tx1 "$opened" | tr -d ' \n')"
