import { passwordHashesRules } from "../../../../src/secrets/rules/password-hashes.ts"
import { ALNUM, BASE64, HEX, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(passwordHashesRules, {
  "framework-password-hash": {
    finds: [
      `pbkdf2_sha256$600000$${fakeToken(ALNUM, 22)}$${fakeToken(BASE64, 43)}=`,
      `pbkdf2:sha256:600000$${fakeToken(ALNUM, 16)}$${fakeToken(HEX, 64)}`,
      `scrypt:32768:8:1$${fakeToken(ALNUM, 16)}$${fakeToken(HEX, 128)}`,
    ],
    skips: ["pbkdf2_sha256$600000", "scrypt:32768:8:1"],
  },
  "php-password-hash": {
    finds: [`$P$B${fakeToken(ALNUM, 30)}`, `$S$D${fakeToken(ALNUM, 51)}`],
    skips: [`$P$B${fakeToken(ALNUM, 8)}`, "$S$"],
  },
  "scram-password-hash": {
    finds: [
      `SCRAM-SHA-256$4096:${fakeToken(BASE64, 22)}==$${fakeToken(BASE64, 43)}=:${fakeToken(BASE64, 43)}=`,
    ],
    skips: ["SCRAM-SHA-256", "SCRAM-SHA-256$4096:"],
  },
  "kerberos-hash": {
    finds: [`$krb5asrep$23$user@EXAMPLE.TEST:${fakeToken(HEX, 32)}$${fakeToken(HEX, 300)}`],
    skips: ["$krb5asrep$23$", "$krb5"],
  },
  "windows-sam-hash": {
    finds: [
      [`Administrator:500:aad3b435b51404eeaad3b435b51404ee:${fakeToken(HEX, 32)}:::`, fakeToken(HEX, 32)],
    ],
    skips: ["aad3b435b51404eeaad3b435b51404ee"],
  },
  "cisco-password-hash": {
    finds: [
      `$8$${fakeToken(ALNUM, 14)}$${fakeToken(ALNUM, 43)}`,
      `$9$${fakeToken(ALNUM, 14)}$${fakeToken(ALNUM, 43)}`,
    ],
    skips: [`$8$${fakeToken(ALNUM, 14)}`, "$9$5"],
  },
})
