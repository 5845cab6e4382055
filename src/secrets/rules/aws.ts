import type { Rule } from "../rule.ts"

/** Amazon Web Services. */
export const awsRules: readonly Rule[] = [
  {
    id: "aws-access-key-id",
    title: "AWS access key id",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    label: "AWSKeyDetector",
    keywords: ["a3t", "abia", "acca", "akia", "asia"],
    pattern: /(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9_])/,
  },
  {
    id: "aws-secret-access-key",
    title: "AWS secret access key beside its name",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    label: "AWSKeyDetector",
    keywords: ["aws", "secretaccesskey", "secret_access_key"],
    pattern: /[A-Za-z0-9/+]{40}(?!=)(?![A-Za-z0-9_+/-])/,
    beside: true,
    validate: "mixed-case",
  },
  {
    id: "aws-session-token",
    title: "AWS session token",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html",
    keywords: ["iqojb3jpz2lu", "fwogzxivyxdz", "fqogzxivyxdz"],
    pattern: /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/%]{80,2000}={0,2}/,
  },
  {
    id: "aws-mws-token",
    title: "Amazon MWS auth token",
    source: "https://developer-docs.amazon.com/sp-api/docs/migrating-authorization-from-amazon-mws",
    keywords: ["amzn.mws."],
    pattern: /amzn\.mws\.[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/,
  },
  {
    id: "aws-bedrock-api-key",
    title: "Amazon Bedrock API key",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
    keywords: ["absk", "bedrock-api-key-"],
    pattern: /ABSK[A-Za-z0-9+/]{60,400}={0,2}|bedrock-api-key-[A-Za-z0-9+/_-]{28,3000}={0,2}/,
  },
  {
    id: "aws-appsync-key",
    title: "AWS AppSync API key",
    source: "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
    keywords: ["da2-"],
    pattern: /da2-[a-z0-9]{26,26}/,
  },
  {
    id: "amazon-oauth-client-secret",
    title: "Login with Amazon client secret",
    source: "https://developer.amazon.com/docs/login-with-amazon/security-profile.html",
    keywords: ["amzn1.oa2-cs.v1."],
    pattern: /amzn1\.oa2-cs\.v1\.[a-f0-9]{64,64}/,
  },
  {
    id: "aws-presigned-url",
    title: "Signature of a presigned AWS URL",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html",
    keywords: ["x-amz-signature=", "x-amz-security-token="],
    pattern: /X-Amz-(?:Signature=([a-f0-9]{64})|Security-Token=(?:[A-Za-z0-9%+/=]{80,2000}))/i,
  },
]
