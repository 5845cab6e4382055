import { awsRules } from "../../../../src/secrets/rules/aws.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
} from "../../../support/fake-token.ts"
import { prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(awsRules, {
  "aws-access-key-id": {
    finds: [
      `AKIA${fakeToken(UPPER_ALNUM, 16)}`,
      `ASIA${fakeToken(UPPER_ALNUM, 16)}`,
      `ABIA${fakeToken(UPPER_ALNUM, 16)}`,
      `ACCA${fakeToken(UPPER_ALNUM, 16)}`,
      `A3TX${fakeToken(UPPER_ALNUM, 16)}`,
    ],
    skips: [`AKIA${fakeToken(UPPER_ALNUM, 12)}`, `AKIA${fakeToken(LOWER_ALNUM, 16)}`],
  },
  "aws-secret-access-key": {
    finds: [
      [`aws_key = "${fakeToken(BASE64, 40)}"`, fakeToken(BASE64, 40)],
      [`AWS_KEY: ${fakeToken(BASE64, 40)}`, fakeToken(BASE64, 40)],
    ],
    skips: [`aws_commit = ${fakeToken(HEX, 40)}`, `aws_secret_access_key = ${fakeToken(BASE64, 20)}`],
  },
  "aws-session-token": {
    finds: [`IQoJb3JpZ2lu${fakeToken(BASE64, 200)}==`],
    skips: [`IQoJb3JpZ2lu${fakeToken(BASE64, 20)}`],
  },
  "aws-mws-token": {
    finds: [
      `amzn.mws.${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: [`amzn.mws.${fakeToken(HEX, 8)}`],
  },
  "aws-bedrock-api-key": {
    finds: [`ABSK${fakeToken(BASE64, 128)}`, `bedrock-api-key-${fakeToken(BASE64, 120)}`],
    skips: [`ABSK${fakeToken(BASE64, 20)}`, "bedrock-api-key-name"],
  },
  "aws-appsync-key": {
    finds: [`da2-${fakeToken(LOWER_ALNUM, 26)}`],
    skips: [`da2-${fakeToken(LOWER_ALNUM, 13)}`, "da2-"],
  },
  "amazon-oauth-client-secret": {
    finds: [`amzn1.oa2-cs.v1.${fakeToken(HEX, 64)}`],
    skips: [`amzn1.oa2-cs.v1.${fakeToken(HEX, 32)}`, "amzn1.oa2-cs.v1."],
  },
  "aws-presigned-url": {
    finds: [`X-Amz-Signature=${fakeToken(HEX, 64)}`],
    skips: [`X-Amz-Signature=${fakeToken(HEX, 20)}`],
  },
  "aws-sso-token": prefixedAll([
    ["aoaAAAAA", fakeToken(ALNUM, 200)],
    ["aorAAAAA", fakeToken(ALNUM, 200)],
  ]),
  "aws-imds-token": prefixed("AQAEA", fakeToken(BASE64URL, 49)),
  "aws-ecr-password": prefixedAll([
    ["eyJwYXlsb2FkIjoi", fakeToken(BASE64, 900)],
    ["QVdTOmV5S", fakeToken(BASE64, 900)],
  ]),
  "amazon-lwa-token": prefixedAll([
    ["Atza|", fakeToken(BASE64URL, 300)],
    ["Atzr|", fakeToken(BASE64URL, 300)],
  ]),
  "aws-secret-beside-key-id": {
    finds: [
      [`AKIA${fakeToken(UPPER_ALNUM, 16)},${fakeToken(BASE64, 40)}`, fakeToken(BASE64, 40)],
      [`key AKIA${fakeToken(UPPER_ALNUM, 16)} secret ${fakeToken(BASE64, 40)}`, fakeToken(BASE64, 40)],
    ],
    skips: [`AKIA${fakeToken(UPPER_ALNUM, 16)},${fakeToken(BASE64, 20)}`, "asia: the largest continent"],
  },
})
