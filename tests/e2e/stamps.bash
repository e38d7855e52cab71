# An issuer of certificates and one of time stamps, made with the openssl program, in $work. Sourced after lib.bash.
command -v openssl >/dev/null || { echo "skipped: needs openssl"; exit 77; }

# certificate NAME: NAME.key and NAME.pem, for a signature
certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/$1.key" -out "$work/$1.pem" -subj "/O=Example Police/CN=$1" -days 30 2>/dev/null
}

# stamp FOLDER [REQUEST]: the answer of the issuer whose certificate is tsa.pem, to the folder's own request or to another
stamp() {
	if [ ! -e "$work/tsa.pem" ]; then
		cat >"$work/tsa.cnf" <<-END
			[tsa]
			default_tsa = t
			[t]
			serial = $work/serial
			signer_cert = $work/tsa.pem
			signer_key = $work/tsa.key
			default_policy = 1.2.3.4
			digests = sha256
			signer_digest = sha256
			ess_cert_id_alg = sha256
		END
		echo 01 >"$work/serial"
		openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/tsa.key" -out "$work/tsa.pem" -subj '/CN=Stamps' -days 30 \
			-addext 'extendedKeyUsage=critical,timeStamping' 2>/dev/null
	fi
	openssl ts -reply -config "$work/tsa.cnf" -queryfile "${2:-$1/MANIFEST.tsq}" -out "$1/MANIFEST.tsr" >/dev/null 2>&1 || fail "no time stamp"
}
