import { infrastructureRules } from "../../../../src/secrets/rules/infrastructure.ts"
import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(infrastructureRules, {
  "age-secret-key": {
    finds: [`AGE-SECRET-KEY-1${fakeToken("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)}`],
    skips: ["AGE-SECRET-KEY-1QQ"],
  },
  "tailscale-key": {
    finds: [
      `tskey-auth-${fakeToken(ALNUM, 12)}-${fakeToken(ALNUM, 32)}`,
      `tskey-api-${fakeToken(ALNUM, 12)}-${fakeToken(ALNUM, 32)}`,
    ],
    skips: ["tskey-auth-abc"],
  },
  "docker-swarm-token": {
    finds: [`SWMTKN-1-${fakeToken(LOWER_ALNUM, 50)}-${fakeToken(LOWER_ALNUM, 25)}`],
    skips: ["SWMTKN-1-abc"],
  },
  "docker-config-auth": {
    finds: [
      [
        `{"auths":{"r.test":{"auth": "${btoa(`user:${fakeToken(ALNUM, 14)}`)}"}}}`,
        btoa(`user:${fakeToken(ALNUM, 14)}`),
      ],
    ],
    skips: [`{"auth": "none"}`, `{"auth": "${btoa("nothing to see here")}"}`],
  },
  "kubernetes-bootstrap-token": {
    finds: [
      [
        `kubeadm join 10.0.0.1:6443 --token ${fakeToken(LOWER_ALNUM, 6)}.${fakeToken(LOWER_ALNUM, 16)}`,
        `${fakeToken(LOWER_ALNUM, 6)}.${fakeToken(LOWER_ALNUM, 16)}`,
      ],
    ],
    skips: ["--token abc.def"],
  },
  "rancher-token": {
    finds: [`token-${fakeToken(LOWER_ALNUM, 5)}:${fakeToken(LOWER_ALNUM, 54)}`],
    skips: [`token-${fakeToken(LOWER_ALNUM, 5)}`],
  },
  "openshift-token": {
    finds: [`sha256~${fakeToken(BASE64URL, 43)}`],
    skips: [`sha256~${fakeToken(BASE64URL, 21)}`, "sha256~"],
  },
  "portainer-token": {
    finds: [`ptr_${fakeToken(BASE64, 40)}`],
    skips: [`ptr_${fakeToken(BASE64, 20)}`, "ptr_"],
  },
  "proxmox-token": {
    finds: [
      [
        `PVEAPIToken=root@pam!ci=${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
        `${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
      ],
    ],
    skips: ["PVEAPIToken=root@pam"],
  },
  "password-hash": {
    finds: [
      `$2b$12$${fakeToken(ALNUM, 53)}`,
      `$6$${fakeToken(ALNUM, 12)}$${fakeToken(ALNUM, 86)}`,
      `$argon2id$v=19$m=65536,t=3,p=4$${fakeToken(ALNUM, 22)}$${fakeToken(ALNUM, 43)}`,
    ],
    skips: [`$2b$12$${fakeToken(ALNUM, 20)}`, "$1$2"],
  },
  "netrc-password": {
    finds: [[`machine api.example.test login bob password ${fakeToken(ALNUM, 12)}`, fakeToken(ALNUM, 12)]],
    skips: ["machine api.example.test login bob"],
  },
  "ngrok-token": {
    finds: [
      [
        `ngrok config add-authtoken 2${fakeToken(ALNUM, 26)}_${fakeToken(ALNUM, 21)}`,
        `2${fakeToken(ALNUM, 26)}_${fakeToken(ALNUM, 21)}`,
      ],
    ],
    skips: ["ngrok http 8080"],
  },
  "cisco-password": {
    finds: [
      [
        `enable secret 9 $9$${fakeToken(ALNUM, 14)}$${fakeToken(ALNUM, 43)}`,
        `$9$${fakeToken(ALNUM, 14)}$${fakeToken(ALNUM, 43)}`,
      ],
    ],
    skips: ["password 7 "],
  },
})
