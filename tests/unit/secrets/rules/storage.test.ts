import { storageRules } from "../../../../src/secrets/rules/storage.ts"
import { ALNUM, BASE64, BASE64URL, DIGITS, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(storageRules, {
  "dropbox-token": {
    finds: [`sl.${fakeToken(BASE64URL, 140)}`],
    skips: [`sl.${fakeToken(BASE64URL, 12)}`],
  },
  "dropbox-legacy-token": {
    finds: [
      [
        `dropbox_key = "${fakeToken(BASE64URL, 11)}AAAAAAAAA${fakeToken(BASE64URL, 44)}"`,
        `${fakeToken(BASE64URL, 11)}AAAAAAAAA${fakeToken(BASE64URL, 44)}`,
      ],
    ],
    skips: [`dropbox_key = "${fakeToken(BASE64URL, 4)}"`, "dropbox_key = process.env.KEY"],
  },
  "box-token": {
    finds: [[`box_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`box_key = "${fakeToken(ALNUM, 15)}"`, "box_key = process.env.KEY"],
  },
  "backblaze-key": {
    finds: [`K00${fakeToken(DIGITS, 1)}${fakeToken(BASE64, 27)}`],
    skips: [`K00${fakeToken(DIGITS, 1)}`],
  },
  "cloudinary-url-secret": {
    finds: [
      [`cloudinary://${fakeToken(DIGITS, 15)}:${fakeToken(BASE64URL, 27)}@demo`, fakeToken(BASE64URL, 27)],
    ],
    skips: [`cloudinary://${fakeToken(DIGITS, 15)}:<your_api_secret>@demo`],
  },
  "cloudinary-secret": {
    finds: [
      [`cloudinary_key = "${fakeToken(BASE64URL, 27)}"`, fakeToken(BASE64URL, 27)],
      [`CLOUDINARY_KEY: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`cloudinary_key = "${fakeToken(BASE64URL, 12)}"`, "cloudinary_key = process.env.KEY"],
  },
  "imagekit-key": {
    finds: [`private_${fakeToken(BASE64, 27)}=`],
    skips: [`private_${fakeToken(BASE64, 12)}=`, "private_key_of_the_service_account="],
  },
  "imagekit-key-named": {
    finds: [[`imagekit_key = "${fakeToken(ALNUM, 36)}"`, fakeToken(ALNUM, 36)]],
    skips: [`imagekit_key = "${fakeToken(ALNUM, 17)}"`, "imagekit_key = process.env.KEY"],
  },
  "tigris-key": {
    finds: [
      `tsec_${fakeToken(BASE64URL, 40)}`,
      `tsec_${fakeToken(BASE64URL, 20)}++${fakeToken(BASE64URL, 40)}`,
    ],
    skips: [`tsec_${fakeToken(BASE64URL, 19)}`],
  },
  "minio-secret": {
    finds: [
      [`minio_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)],
      [`MINIO_KEY: ${fakeToken(ALNUM, 20)}`, fakeToken(ALNUM, 20)],
    ],
    skips: [`minio_key = "${fakeToken(ALNUM, 19)}"`, "minio_key = process.env.KEY"],
  },
  "nextcloud-app-password": {
    finds: [
      [
        `nextcloud_key = "${fakeToken(ALNUM, 5)}-${fakeToken(ALNUM, 5, 2)}-${fakeToken(ALNUM, 5, 3)}-${fakeToken(ALNUM, 5, 4)}-${fakeToken(ALNUM, 5, 5)}"`,
        `${fakeToken(ALNUM, 5)}-${fakeToken(ALNUM, 5, 2)}-${fakeToken(ALNUM, 5, 3)}-${fakeToken(ALNUM, 5, 4)}-${fakeToken(ALNUM, 5, 5)}`,
      ],
    ],
    skips: [`nextcloud_key = "${fakeToken(ALNUM, 1)}"`, "nextcloud_key = process.env.KEY"],
  },
})
