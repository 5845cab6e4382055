import { networkingRules } from "../../../../src/secrets/rules/networking.ts"
import { ALNUM, BASE64, HEX, UPPER_ALNUM, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(networkingRules, {
  "headscale-key": prefixed("hskey-auth-", `${fakeToken(ALNUM, 12)}-${fakeToken(ALNUM, 64)}`),
  "netbird-token": prefixed("nbp_", fakeToken(ALNUM, 36)),
  "netbird-setup-key": named("netbird", fakeUuid().toUpperCase()),
  "zerotier-token": named("zerotier", fakeToken(ALNUM, 32)),
  "defined-networking-key": prefixed("dnkey-", `${fakeToken(UPPER_ALNUM, 26)}-${fakeToken(UPPER_ALNUM, 52)}`),
  "wireguard-key": {
    finds: [
      [`PrivateKey = ${fakeToken(BASE64, 43)}=`, `${fakeToken(BASE64, 43)}=`],
      [`PresharedKey=${fakeToken(BASE64, 43)}=`, `${fakeToken(BASE64, 43)}=`],
    ],
    skips: [`PublicKey = ${fakeToken(BASE64, 43)}=`, "PrivateKey = none"],
  },
  "meraki-key": named("meraki", fakeToken(HEX, 40)),
  "truenas-key-bearer": {
    finds: [[`Authorization: Bearer 8-${fakeToken(ALNUM, 64)}`, `8-${fakeToken(ALNUM, 64)}`]],
    skips: [`Bearer 8-${fakeToken(ALNUM, 20)}`],
  },
  "teleport-token": named("teleport", fakeToken(HEX, 32)),
  "ngrok-api-key": prefixed("ak_", `${fakeToken(ALNUM, 27)}_${fakeToken(ALNUM, 21)}`),
  "warpstream-key": prefixed("aks_", fakeToken(HEX, 64)),
  "nix-signing-key": {
    finds: [[`cache.example.test-1:${fakeToken(BASE64, 86)}==`, `${fakeToken(BASE64, 86)}==`]],
    skips: [`cache.example.test-1:${fakeToken(BASE64, 43)}=`, "step-1: done"],
  },
  "docker-swarm-unlock-key": prefixed("SWMKEY-1-", fakeToken(BASE64, 43)),
  "ansible-vault-block": {
    finds: [`$ANSIBLE_VAULT;1.1;AES256 ${fakeToken(HEX, 80)} ${fakeToken(HEX, 80, 2)} ${fakeToken(HEX, 34)}`],
    skips: ["$ANSIBLE_VAULT;1.1;AES256", `$ANSIBLE_VAULT;1.1;AES256 ${fakeToken(HEX, 20)}`],
  },
})
