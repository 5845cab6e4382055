import type { Rule } from "../rule.ts"

/** Password hashes of frameworks, databases and systems. */
export const passwordHashesRules: readonly Rule[] = [
  {
    id: "framework-password-hash",
    vendor: "Django",
    title: "Password hash of Django, Werkzeug or passlib",
    source: "https://docs.djangoproject.com/en/stable/topics/auth/passwords/",
    keywords: ["pbkdf2_sha", "pbkdf2:", "pbkdf2-sha", "scrypt:", "bcrypt_sha256$"],
    pattern:
      /pbkdf2_sha(?:1|256|512)\$\d{1,9}\$[A-Za-z0-9./+-]{1,64}\$[A-Za-z0-9+/]{27,88}={0,2}|pbkdf2:sha(?:1|256|512)(?::\d{1,9})?\$[A-Za-z0-9]{4,32}\$[a-f0-9]{40,128}|scrypt:\d{1,9}:\d{1,3}:\d{1,3}\$[A-Za-z0-9]{4,32}\$[a-f0-9]{64,128}|bcrypt_sha256\$\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}/,
    glued: true,
  },
  {
    id: "php-password-hash",
    vendor: "phpass",
    title: "Portable PHP or Drupal password hash",
    source: "https://www.openwall.com/phpass/",
    keywords: ["$p$", "$h$", "$s$"],
    pattern: /\$[PH]\$[./A-Za-z0-9]{31}(?![./A-Za-z0-9])|\$S\$[./A-Za-z0-9]{52}(?![./A-Za-z0-9])/,
    glued: true,
  },
  {
    id: "scram-password-hash",
    vendor: "PostgreSQL",
    title: "SCRAM verifier of a database user",
    source: "https://www.postgresql.org/docs/current/catalog-pg-authid.html",
    keywords: ["scram-sha-"],
    pattern:
      /SCRAM-SHA-(?:1|256)\$\d{1,9}:[A-Za-z0-9+/]{16,64}={0,2}\$[A-Za-z0-9+/]{27,64}={0,2}:[A-Za-z0-9+/]{27,64}={0,2}/,
  },
  {
    id: "kerberos-hash",
    vendor: "Kerberos",
    title: "Kerberos ticket hash",
    source: "https://hashcat.net/wiki/doku.php?id=example_hashes",
    keywords: ["$krb5"],
    // No look-ahead inside the repetition: with one, Bun 1.3.14 matches fewer than the least number.
    pattern: /\$krb5(?:asrep|tgs|pa)\$\d{1,2}\$(?:[^\s"'\\]|\\[^\s\\nrt"']){32,4000}/,
    glued: true,
  },
  {
    id: "windows-sam-hash",
    vendor: "Microsoft",
    title: "LM and NT hashes of a Windows account",
    source: "https://learn.microsoft.com/windows-server/security/kerberos/passwords-technical-overview",
    keywords: [":aad3b435b51404eeaad3b435b51404ee:"],
    pattern: /:aad3b435b51404eeaad3b435b51404ee:([a-f0-9]{32})/i,
    secretGroup: 1,
    glued: true,
  },
  {
    id: "cisco-password-hash",
    vendor: "Cisco",
    title: "Cisco IOS password hash (type 8 or 9)",
    source:
      "https://www.cisco.com/c/en/us/support/docs/ios-nx-os-software/ios-software-releases-110/12433-69.html",
    keywords: ["$8$", "$9$"],
    pattern: /\$[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}(?![./A-Za-z0-9])/,
    glued: true,
  },
]
