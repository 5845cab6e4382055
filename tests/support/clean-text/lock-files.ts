import type { CleanKind, RandomText } from "./random-text.ts"

const integrity = (r: RandomText): string => `sha512-${r.base64(64)}`
const name = (r: RandomText): string => r.of([r.words(2, "-"), `@${r.word()}/${r.word()}`, r.word()])

/** Lock files and checksum files of package managers and build tools. */
export const lockFiles: Readonly<Record<string, CleanKind>> = {
  "npm package-lock": (r) =>
    r.lines(4, () => {
      const [id, version] = [name(r), r.semver()]
      return `    "node_modules/${id}": {\n      "version": "${version}",\n      "resolved": "https://registry.example.test/${id}/-/${r.word()}-${version}.tgz",\n      "integrity": "${r.of([integrity(r), `sha1-${r.base64(20)}`])}",\n      "license": "MIT"\n    },`
    }),
  "yarn v1": (r) =>
    r.lines(
      4,
      () =>
        `"${name(r)}@^${r.semver()}":\n  version "${r.semver()}"\n  resolved "https://registry.example.test/${r.word()}.tgz#${r.hex(40)}"\n  integrity ${integrity(r)}\n`,
    ),
  "yarn berry": (r) =>
    r.lines(
      4,
      () =>
        `"${name(r)}@npm:^${r.semver()}":\n  version: ${r.semver()}\n  checksum: ${r.of(["10c0/", "8/", ""])}${r.hex(128)}\n  languageName: node\n`,
    ),
  pnpm: (r) =>
    r.lines(
      5,
      () =>
        `  /${name(r)}@${r.semver()}:\n    resolution: {integrity: ${integrity(r)}}\n    engines: {node: '>=18'}`,
    ),
  bun: (r) =>
    r.lines(
      5,
      () =>
        `    "${name(r)}": ["${name(r)}@${r.semver()}", "", { "dependencies": { "${name(r)}": "^1.0.0" } }, "${integrity(r)}"],`,
    ),
  cargo: (r) =>
    r.lines(
      4,
      () =>
        `[[package]]\nname = "${r.word()}"\nversion = "${r.semver()}"\nsource = "registry+https://index.example.test"\nchecksum = "${r.hex(64)}"\n`,
    ),
  poetry: (r) =>
    `[[package]]\nname = "${r.word()}"\nversion = "${r.semver()}"\nfiles = [\n${r.lines(4, () => `    {file = "${r.word()}-${r.semver()}-py3-none-any.whl", hash = "sha256:${r.hex(64)}"},`)}\n]\n\n[metadata]\ncontent-hash = "${r.hex(64)}"`,
  uv: (r) =>
    `[[package]]\nname = "${r.word()}"\nsdist = { url = "https://files.example.test/packages/${r.hex(2)}/${r.hex(2)}/${r.hex(60)}/${r.word()}.tar.gz", hash = "sha256:${r.hex(64)}", size = ${r.digits(5)} }\nwheels = [\n    { url = "https://files.example.test/packages/${r.hex(2)}/${r.hex(2)}/${r.hex(60)}/${r.word()}-py3-none-any.whl", hash = "sha256:${r.hex(64)}", size = ${r.digits(5)} },\n]`,
  pdm: (r) =>
    `[metadata]\nstrategy = ["cross_platform"]\ncontent_hash = "sha256:${r.hex(64)}"\n\n[[package]]\nname = "${r.word()}"\nfiles = [\n    {file = "${r.word()}.tar.gz", hash = "sha256:${r.hex(64)}"},\n]`,
  pipfile: (r) =>
    JSON.stringify(
      {
        _meta: { hash: { sha256: r.hex(64) } },
        default: {
          [r.word()]: { hashes: [`sha256:${r.hex(64)}`, `sha256:${r.hex(64)}`], version: "==1.2.3" },
        },
      },
      null,
      4,
    ),
  "pip requirements": (r) =>
    r.lines(
      3,
      () =>
        `${r.word()}==${r.semver()} \\\n    --hash=sha256:${r.hex(64)} \\\n    --hash=sha256:${r.hex(64)}`,
    ),
  composer: (r) =>
    JSON.stringify(
      {
        "content-hash": r.hex(32),
        packages: [
          {
            name: `${r.word()}/${r.word()}`,
            source: { type: "git", url: "https://git.example.test/a.git", reference: r.hex(40) },
            dist: {
              type: "zip",
              url: `https://api.example.test/zipball/${r.hex(40)}`,
              reference: r.hex(40),
              shasum: r.hex(40),
            },
          },
        ],
      },
      null,
      4,
    ),
  gemfile: (r) =>
    `GIT\n  remote: https://git.example.test/${r.word()}.git\n  revision: ${r.hex(40)}\n  specs:\n    ${r.word()} (${r.semver()})\n\nCHECKSUMS\n${r.lines(3, () => `  ${r.word()} (${r.semver()}) sha256=${r.hex(64)}`)}`,
  "go.sum": (r) =>
    r.lines(
      4,
      () => `example.test/${r.word()}/${r.word()} v${r.semver()}${r.of(["", "/go.mod"])} h1:${r.base64(32)}`,
    ),
  "go pseudo version": (r) => `require example.test/${r.word()} v0.0.0-${r.digits(14)}-${r.hex(12)}`,
  "mix.lock": (r) =>
    r.lines(
      3,
      () =>
        `  "${r.word()}": {:hex, :${r.word()}, "${r.semver()}", "${r.hex(64)}", [:mix], [], "hexpm", "${r.hex(64)}"},`,
    ),
  "pubspec.lock": (r) =>
    r.lines(
      3,
      () =>
        `  ${r.word()}:\n    dependency: transitive\n    description:\n      name: ${r.word()}\n      sha256: ${r.of([r.hex(64), `"${r.hex(64)}"`])}\n      url: "https://pub.example.test"\n    source: hosted\n    version: "${r.semver()}"`,
    ),
  "flake.lock": (r) =>
    JSON.stringify(
      {
        nodes: {
          nixpkgs: {
            locked: {
              lastModified: 1700000000,
              narHash: `sha256-${r.base64(32)}`,
              owner: "NixOS",
              rev: r.hex(40),
              type: "github",
            },
          },
        },
      },
      null,
      2,
    ),
  nix: (r) =>
    `fetchFromGitHub {\n  owner = "${r.word()}";\n  repo = "${r.word()}";\n  rev = "${r.hex(40)}";\n  hash = "sha256-${r.base64(32)}";\n  sha256 = "${r.chars("0123456789abcdfghijklmnpqrsvwxyz", 52)}";\n};\nvendorHash = "sha256-${r.base64(32)}";\n/nix/store/${r.chars("0123456789abcdfghijklmnpqrsvwxyz", 32)}-${r.word()}-${r.semver()}/bin/${r.word()}`,
  "Package.resolved": (r) =>
    JSON.stringify(
      {
        originHash: r.hex(64),
        pins: [{ identity: r.word(), state: { revision: r.hex(40), version: r.semver() } }],
      },
      null,
      2,
    ),
  "Podfile.lock": (r) =>
    `SPEC CHECKSUMS:\n${r.lines(5, () => `  ${r.camel(2)}: ${r.hex(40)}`)}\n\nPODFILE CHECKSUM: ${r.hex(40)}\n\nCOCOAPODS: 1.15.2`,
  "gradle verification": (r) =>
    `<component group="org.${r.word()}" name="${r.word()}" version="${r.semver()}">\n  <artifact name="${r.word()}-${r.semver()}.jar">\n    <sha256 value="${r.hex(64)}" origin="Generated by Gradle"/>\n    <pgp value="${r.hex(40).toUpperCase()}"/>\n  </artifact>\n</component>\n<trusted-key id="${r.hex(40).toUpperCase()}" group="org.${r.word()}"/>`,
  conda: (r) =>
    `- name: ${r.word()}\n  version: ${r.semver()}\n  url: https://conda.example.test/${r.word()}-${r.semver()}-h${r.hex(7)}_0.conda\n  hash:\n    md5: ${r.hex(32)}\n    sha256: ${r.hex(64)}\nhttps://conda.example.test/linux-64/${r.word()}-${r.semver()}-py312h${r.hex(7)}_0.conda#${r.hex(32)}`,
  "deno.lock": (r) =>
    JSON.stringify(
      {
        version: "4",
        jsr: { [`@std/${r.word()}@${r.semver()}`]: { integrity: r.hex(64) } },
        npm: { [`${r.word()}@${r.semver()}`]: { integrity: integrity(r) } },
        remote: { [`https://deno.example.test/${r.word()}/mod.ts`]: r.hex(64) },
      },
      null,
      2,
    ),
  "terraform lock": (r) =>
    `provider "registry.terraform.io/hashicorp/${r.word()}" {\n  version = "${r.semver()}"\n  hashes = [\n    "h1:${r.base64(32)}",\n${r.lines(4, () => `    "zh:${r.hex(64)}",`)}\n  ]\n}`,
  bazel: (r) =>
    `http_archive(\n    name = "${r.word()}",\n    integrity = "sha256-${r.base64(32)}",\n    sha256 = "${r.hex(64)}",\n    strip_prefix = "${r.word()}-${r.hex(40)}",\n    urls = ["https://git.example.test/archive/${r.hex(40)}.tar.gz"],\n)\n"bzlTransitiveDigest": "${r.base64(32)}",\n"usagesDigest": "${r.base64(32)}",`,
  buck: (r) => `bazel-out/k8-fastbuild-ST-${r.hex(12)}/bin/${r.path()} ${r.hex(64)}/${r.digits(4)}`,
  "chart lock": (r) =>
    `dependencies:\n- name: ${r.word()}\n  version: ${r.semver()}\ndigest: sha256:${r.hex(64)}`,
  "checksum file": (r) =>
    r.lines(
      5,
      () => `${r.of([r.hex(64), r.hex(32), r.hex(40), r.hex(128)])}  ${r.word()}-${r.semver()}.tar.gz`,
    ),
  "bsd checksum": (r) =>
    r.lines(3, () => `SHA256 (${r.word()}.tgz) = ${r.hex(64)}\nMD5 (${r.word()}.tgz) = ${r.hex(32)}`),
  homebrew: (r) =>
    `  url "https://dl.example.test/${r.word()}-${r.semver()}.tar.gz"\n  sha256 "${r.hex(64)}"\n  bottle do\n    sha256 cellar: :any, arm64_sonoma: "${r.hex(64)}"\n  end`,
  "aur package": (r) =>
    `sha256sums=('${r.hex(64)}'\n            '${r.hex(64)}')\nb2sums=('${r.hex(128)}')\nvalidpgpkeys=('${r.hex(40).toUpperCase()}')`,
  "debian packages": (r) =>
    `Package: ${r.word()}\nVersion: ${r.semver()}-1\nMD5sum: ${r.hex(32)}\nSHA256: ${r.hex(64)}\nDescription-md5: ${r.hex(32)}`,
  "docker file": (r) =>
    `FROM node:22@sha256:${r.hex(64)} AS build\nENV GPG_KEY=${r.hex(40).toUpperCase()}\nENV PYTHON_SHA256=${r.hex(64)}\nARG TINI_COMMIT=${r.hex(40)}\nRUN echo "${r.hex(64)} *node.tar.xz" | sha256sum -c -`,
  "github workflow": (r) =>
    `      - uses: actions/checkout@${r.hex(40)} # v4.1.7\n      - uses: ${r.word()}/${r.word()}@${r.hex(40)}\n        with:\n          key: \${{ runner.os }}-${r.word()}-\${{ hashFiles('**/lock') }}\n          restore-keys: linux-${r.word()}-`,
  "npm provenance": (r) =>
    `"dist": {"shasum": "${r.hex(40)}", "integrity": "${integrity(r)}", "signatures": [{"keyid": "SHA256:${r.base64(32)}", "sig": "MEUCIQ${r.base64(64)}"}]}`,
}
