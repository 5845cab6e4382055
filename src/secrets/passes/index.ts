import type { Pass } from "../pass.ts"
import { piiDetectors } from "../pii/index.ts"
import type { Detector } from "../rule.ts"
import { announcedPass } from "./announced.ts"
import { assignmentPass } from "./assignment.ts"
import { authorizationPass } from "./authorization.ts"
import { commandPasswordPass } from "./command-password.ts"
import { connectCallPass } from "./connect-call.ts"
import { connectionStringPass } from "./connection-string.ts"
import { entropyPass } from "./entropy.ts"
import { foreignLabelsPass } from "./foreign-labels.ts"
import { jwkPass } from "./jwk.ts"
import { jwtPass } from "./jwt.ts"
import { keyCallPass } from "./key-call.ts"
import { keyLinesPass } from "./key-lines.ts"
import { kubernetesSecretPass } from "./kubernetes-secret.ts"
import { privateDerPass } from "./private-der.ts"
import { privateKeyPass } from "./private-key.ts"
import { serviceAccountPass } from "./service-account.ts"
import { tablesPass } from "./tables.ts"
import { urlCredentialPass } from "./url-credential.ts"
import { cutTokenDetector } from "../views/cut-token.ts"

/** More specific passes first: the first names a finding that several claim. */
export const secretPasses: readonly Pass[] = [
  serviceAccountPass,
  privateKeyPass,
  keyLinesPass,
  privateDerPass,
  jwkPass,
  jwtPass,
  kubernetesSecretPass,
  urlCredentialPass,
  connectionStringPass,
  connectCallPass,
  keyCallPass,
  authorizationPass,
  commandPasswordPass,
  assignmentPass,
  foreignLabelsPass,
  tablesPass,
  entropyPass,
  announcedPass,
]

/** What the passes find, in the form of rules: for lists, audit labels and allow-lists. */
export const passDetectors: readonly Detector[] = [
  ...secretPasses.flatMap((pass) => pass.detectors),
  ...piiDetectors,
  cutTokenDetector,
]
