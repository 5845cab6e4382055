import type { Rule } from "../rule.ts"

/** Infrastructure, networking and key files. */
export const infrastructureRules: readonly Rule[] = [
  {
    id: "age-secret-key",
    title: "age secret key",
    source: "https://age-encryption.org/v1",
    keywords: ["age-secret-key-"],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{50,70}/i,
  },
  {
    id: "tailscale-key",
    title: "Tailscale key",
    source: "https://tailscale.com/kb/1085/auth-keys",
    keywords: ["tskey-"],
    pattern: /tskey-(?:[a-z]{2,12}-)?[A-Za-z0-9]{8,20}-[A-Za-z0-9]{16,40}|tskey-[A-Za-z0-9]{16,40}/,
  },
  {
    id: "docker-swarm-token",
    title: "Docker Swarm join token or unlock key",
    source: "https://docs.docker.com/engine/swarm/join-nodes/",
    keywords: ["swmtkn-1-", "swmkey-1-"],
    pattern: /SWMTKN-1-[a-z0-9]{40,60}-[a-z0-9]{20,30}|SWMKEY-1-[A-Za-z0-9+/]{40,50}={0,2}/,
  },
  {
    id: "docker-config-auth",
    title: "Registry credential in Docker config.json",
    source: "https://docs.docker.com/reference/cli/docker/login/",
    keywords: ['"auth"', '\\"auth\\"'],
    pattern: /\\?"auth\\?"\s{0,4}:\s{0,4}\\?"([A-Za-z0-9+/]{10,600}={0,2})\\?"/,
    secretGroup: 1,
    glued: true,
    validate: "decodes-to-credentials",
  },
  {
    id: "kubernetes-bootstrap-token",
    title: "Kubernetes bootstrap token",
    source: "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",
    keywords: ["--token ", "token:", "join "],
    pattern: /(?:--token|token:|join)\s{1,4}["']?([a-z0-9]{6}\.[a-z0-9]{16})(?![A-Za-z0-9])/,
    secretGroup: 1,
    glued: true,
    validate: "digit-and-letter",
  },
  {
    id: "rancher-token",
    title: "Rancher API or kubeconfig token",
    source: "https://ranchermanager.docs.rancher.com/reference-guides/about-the-api/api-tokens",
    keywords: ["token-", "kubeconfig-u"],
    pattern: /(?:token|kubeconfig)-(?:u-)?[a-z0-9-]{5,24}:[a-z0-9]{50,60}/,
  },
  {
    id: "openshift-token",
    title: "OpenShift user token",
    source:
      "https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html",
    keywords: ["sha256~"],
    pattern: /sha256~[A-Za-z0-9_-]{43,43}/,
  },
  {
    id: "portainer-token",
    title: "Portainer access token",
    source: "https://docs.portainer.io/api/access",
    keywords: ["ptr_"],
    pattern: /ptr_[A-Za-z0-9+/]{40,60}={0,2}/,
  },
  {
    id: "proxmox-token",
    title: "Proxmox VE API token",
    source: "https://pve.proxmox.com/wiki/User_Management#pveum_tokens",
    keywords: ["pveapitoken="],
    pattern:
      /PVEAPIToken=[\w.@-]{3,60}![\w.-]{1,40}[=:]([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})/i,
    secretGroup: 1,
  },
  {
    id: "password-hash",
    title: "Password hash (crypt, bcrypt, argon2)",
    source: "https://man7.org/linux/man-pages/man5/crypt.5.html",
    keywords: ["$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$", "$argon2", "$apr1$", "{ssha}"],
    pattern:
      /\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}|\$(?:[156]|apr1)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{2,16}\$[./A-Za-z0-9]{22,86}|\$y\$[./A-Za-z0-9]{1,20}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|\$argon2(?:id|i|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,6},p=\d{1,4}\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{16,128}|\{SSHA\}[A-Za-z0-9+/]{28,60}={0,2}/i,
    glued: true,
  },
  {
    id: "netrc-password",
    title: "Password in .netrc",
    source: "https://everything.curl.dev/usingcurl/netrc.html",
    keywords: ["machine "],
    pattern:
      /machine\s{1,4}[\w.:-]{1,120}\s{1,8}login\s{1,4}\S{1,100}\s{1,8}password\s{1,4}([^\s"'\\]{3,200})/,
    secretGroup: 1,
  },
  {
    id: "ngrok-token",
    title: "ngrok auth token beside its name",
    source: "https://ngrok.com/docs/agent/",
    keywords: ["ngrok", "authtoken"],
    pattern: /[12][A-Za-z0-9]{26,30}_[A-Za-z0-9]{20,24}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
  {
    id: "cisco-password",
    title: "Password in a network device configuration",
    source:
      "https://www.cisco.com/c/en/us/support/docs/security-vpn/remote-authentication-dial-user-service-radius/107614-64.html",
    keywords: ["password 7 ", "secret 5 ", "password 0 ", "secret 9 ", "secret 8 ", "key 7 "],
    pattern: /(?:password|secret|key) [05789] ([^\s"'\\]{4,120})/,
    secretGroup: 1,
  },
]
