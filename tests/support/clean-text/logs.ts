import type { CleanKind, RandomText } from "./random-text.ts"

const level = (r: RandomText): string => r.of(["INFO", "WARN", "DEBUG", "ERROR"])
const pod = (r: RandomText): string =>
  `${r.words(2, "-")}-${r.chars("bcdfghjklmnpqrstvwxz2456789", 10)}-${r.chars("bcdfghjklmnpqrstvwxz2456789", 5)}`

/** Logs, command output and protocol messages with ids in them. */
export const logs: Readonly<Record<string, CleanKind>> = {
  "json log": (r) =>
    r.lines(4, () =>
      JSON.stringify({
        ts: r.timestamp(),
        level: level(r).toLowerCase(),
        msg: `${r.word()} ${r.word()} done`,
        trace_id: r.hex(32),
        span_id: r.hex(16),
        requestId: r.uuid(),
        userId: r.of([r.ulid(), r.ksuid(), r.nanoid(), r.uuid(7)]),
        path: `/api/${r.word()}/${r.digits(6)}`,
      }),
    ),
  "key value log": (r) =>
    r.lines(
      4,
      () =>
        `${r.timestamp()} ${level(r)} ${r.word()} id=${r.ulid()} trace=${r.hex(32)} span=${r.hex(16)} dur=${r.digits(3)}ms peer=${r.hex(40)} job=${r.ksuid()} run=${r.nanoid()}`,
    ),
  "token counts": (r) =>
    `prompt_tokens=${r.digits(4)} completion_tokens=${r.digits(3)} total_tokens: ${r.digits(5)} request id ${r.uuid()} token usage for session ${r.uuid()}`,
  "auth log": (r) =>
    `${level(r)} refresh token expired for user ${r.digits(6)}, request_id=${r.hex(32)}\nINFO secret rotated: version ${r.uuid()}\nWARN api key not found, commit ${r.hex(40)}\nDEBUG token cache hit, hash ${r.hex(64)}`,
  "aws request": (r) =>
    `x-amzn-RequestId: ${r.uuid()}\nx-amz-request-id: ${r.upperAlnum(16)}\nx-amz-id-2: ${r.base64(54)}\nx-amz-version-id: ${r.alnum(32)}\nX-Amz-Cf-Id: ${r.base64url(54)}==\nX-Amz-Cf-Pop: FRA56-P8\nx-amzn-trace-id: Root=1-${r.hex(8)}-${r.hex(24)};Parent=${r.hex(16)};Sampled=1`,
  "aws json": (r) =>
    JSON.stringify(
      {
        ETag: `"${r.hex(32)}"`,
        VersionId: r.alnum(32),
        DistributionId: `E${r.upperAlnum(13)}`,
        InstanceId: `i-0${r.hex(16)}`,
        VpcId: `vpc-0${r.hex(16)}`,
        ImageId: `ami-0${r.hex(16)}`,
        RequestId: r.uuid(),
        MessageId: r.uuid(),
        MD5OfMessageBody: r.hex(32),
        Arn: `arn:aws:lambda:eu-west-1:${r.digits(12)}:function:${r.word()}`,
        ResponseMetadata: {
          HTTPHeaders: { "x-amz-id-2": r.base64(54), "x-amz-cf-id": `${r.base64url(54)}==` },
        },
      },
      null,
      2,
    ),
  "http headers": (r) =>
    `HTTP/2 200\netag: W/"${r.hex(8)}-${r.base64url(27)}"\netag: "${r.hex(40)}"\ncf-ray: ${r.hex(16)}-FRA\nx-request-id: ${r.hex(32)}\nx-vercel-id: fra1::iad1::${r.lowerAlnum(5)}-${r.digits(13)}-${r.hex(12)}\nx-github-request-id: ${r.hex(4).toUpperCase()}:${r.hex(6).toUpperCase()}:${r.hex(7).toUpperCase()}\ncontent-md5: ${r.base64(16)}\ndigest: SHA-256=${r.base64(32)}\nage: ${r.digits(4)}`,
  "csp header": (r) =>
    `Content-Security-Policy: script-src 'self' 'nonce-${r.base64(16)}' 'sha256-${r.base64(32)}'; style-src 'sha384-${r.base64(48)}'\n<script nonce="${r.base64(18)}" src="/assets/${r.word()}-${r.base64url(8)}.js" integrity="sha384-${r.base64(48)}" crossorigin="anonymous"></script>`,
  "mime message": (r) =>
    `Content-Type: multipart/form-data; boundary=----WebKitFormBoundary${r.alnum(16)}\nMessage-ID: <${r.alnum(30)}>\nboundary="_000_${r.upperAlnum(30)}_"\n------WebKitFormBoundary${r.alnum(16)}\nContent-Disposition: form-data; name="${r.word()}"`,
  "git log": (r) =>
    r.lines(
      4,
      () =>
        `commit ${r.hex(40)}\ntree ${r.hex(40)}\nparent ${r.hex(40)}\n\n    ${r.words(5, " ")}\n    Change-Id: I${r.hex(40)}\n`,
    ),
  "git ls-tree": (r) => r.lines(5, () => `100644 blob ${r.hex(40)}\t${r.path()}`),
  "git diff": (r) =>
    `diff --git a/${r.path()} b/${r.path()}\nindex ${r.hex(7)}..${r.hex(7)} 100644\nSubproject commit ${r.hex(40)}\n${r.hex(40)} refs/heads/feature/${r.words(3, "-")}-${r.hex(8)}`,
  "git reflog": (r) =>
    r.lines(
      3,
      () =>
        `${r.hex(9)} HEAD@{${r.digits(1)}}: rebase (pick): ${r.words(4, " ")}\n* [new branch] ${r.word()}/${r.words(3, "-")} -> origin/${r.words(3, "-")}`,
    ),
  "git lfs": (r) =>
    `version https://git-lfs.example.test/spec/v1\noid sha256:${r.hex(64)}\nsize ${r.digits(7)}`,
  kubernetes: (r) =>
    r.lines(4, () => `${pod(r)}   1/1   Running   0   ${r.int(1, 90)}d   ${r.ip()}   node-${r.hex(8)}`) +
    `\nuid: ${r.uuid()}\nresourceVersion: "${r.digits(9)}"\npod-template-hash: ${r.chars("bcdfghjklmnpqrstvwxz2456789", 10)}\nname: ${r.word()}-token-${r.chars("bcdfghjklmnpqrstvwxz2456789", 5)}\nsecretName: ${r.words(2, "-")}-tls\nimage: registry.example.test/${r.word()}:${r.semver()}@sha256:${r.hex(64)}\ncontainerID: containerd://${r.hex(64)}`,
  docker: (r) =>
    r.lines(
      3,
      () =>
        `${r.hex(12)}   ${r.word()}:${r.hex(40)}   "docker-entrypoint.s…"   2 days ago   Up   ${r.words(2, "_")}`,
    ) +
    `\nsha256:${r.hex(64)}\n ---> ${r.hex(12)}\nDigest: sha256:${r.hex(64)}\n#9 exporting manifest sha256:${r.hex(64)} done\n${r.word()}_prod_${r.hex(12)}\n${r.word()}-prod-${r.hex(40)}`,
  systemd: (r) =>
    `_BOOT_ID=${r.hex(32)}\nINVOCATION_ID=${r.hex(32)}\n_MACHINE_ID=${r.hex(32)}\nJOURNAL_STREAM=8:${r.digits(5)}\n__CURSOR=s=${r.hex(32)};i=${r.hex(6)};b=${r.hex(32)};m=${r.hex(9)};t=${r.hex(13)};x=${r.hex(16)}`,
  "disk ids": (r) =>
    `UUID=${r.uuid()} /boot ext4 defaults 0 2\nPARTUUID="${r.uuid()}"\nid-link: wwn-0x${r.hex(16)}\n/dev/disk/by-id/nvme-eui.${r.hex(32)}`,
  kafka: (r) =>
    `Cluster ID: ${r.base64url(22)}\n[Topic ${r.word()} id=${r.base64url(22)} partition=${r.int(0, 9)}] Leader epoch ${r.int(1, 9)}\ntopicId: ${r.base64url(22)}\nnode.id=${r.int(1, 9)}\nmemberId=${r.word()}-${r.uuid()}`,
  "agent transcript": (r) =>
    JSON.stringify({
      id: `msg_01${r.alnum(22)}`,
      tool_use_id: `toolu_01${r.alnum(22)}`,
      call_id: `call_${r.alnum(24)}`,
      chat: `chatcmpl-${r.alnum(29)}`,
      response: `resp_${r.hex(48)}`,
      run: `run_${r.alnum(24)}`,
      thread: `thread_${r.alnum(24)}`,
      request_id: `req_011${r.alnum(21)}`,
      session: `ses_${r.hex(12)}${r.alnum(14)}`,
      part: `prt_${r.hex(12)}${r.alnum(14)}`,
      system_fingerprint: `fp_${r.hex(10)}`,
      snapshot: r.hex(40),
    }),
  "stripe ids": (r) =>
    JSON.stringify({
      id: `evt_1${r.alnum(23)}`,
      customer: `cus_${r.alnum(14)}`,
      charge: `ch_3${r.alnum(23)}`,
      intent: `pi_3${r.alnum(23)}`,
      price: `price_1${r.alnum(23)}`,
      invoice: `in_1${r.alnum(23)}`,
      account: `acct_1${r.alnum(15)}`,
    }),
  "github nodes": (r) =>
    `{"node_id": "PR_kwDO${r.alnum(16)}", "id": ${r.digits(10)}, "global_relay_id": "MDEwOlJlcG9zaXRvcnk${r.digits(9)}", "head": {"sha": "${r.hex(40)}"}}`,
  blockchain: (r) =>
    `tx 0x${r.hex(64)} from 0x${r.hex(40)} to 0x${r.hex(40)} block 0x${r.hex(6)}\nethereum address: 0x${r.hex(40)}\nbitcoin: bc1q${r.chars("023456789acdefghjklmnpqrstuvwxyz", 38)}\nsolana program ${r.chars("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 44)}\nipfs://bafybei${r.chars("abcdefghijklmnopqrstuvwxyz234567", 52)}\nQm${r.chars("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 44)}`,
  "test report": (r) =>
    r.lines(4, () => `  ✓ ${r.path()} > ${r.words(4, " ")} ${r.digits(2)}ms`) +
    `\nsnapshot ${r.hex(8)} written, run ${r.uuid()}`,
  "build output": (r) =>
    r.lines(
      5,
      () =>
        `dist/assets/${r.word()}-${r.base64url(8)}.js  ${r.digits(3)}.${r.digits(2)} kB │ gzip: ${r.digits(2)}.${r.digits(2)} kB`,
    ) +
    `\n  ${r.word()}.${r.hex(20)}.chunk.js\n  static/chunks/pages/${r.word()}-${r.hex(16)}.js\n  _next/static/${r.base64url(21)}/_buildManifest.js\n  webpack compiled, hash: ${r.hex(20)}`,
  "temporary paths": (r) =>
    `/tmp/${r.word()}-${r.alnum(6)}/out\n/var/folders/${r.lowerAlnum(2)}/${r.lowerAlnum(30)}/T/${r.word()}.${r.alnum(8)}\n/private/tmp/${r.word()}-${r.hex(16)}.sock\n~/.cache/${r.word()}/${r.hex(2)}/${r.hex(62)}`,
  "certificate text": (r) =>
    `Serial Number: ${r.lines(1, () => Array.from({ length: 16 }, () => r.hex(2)).join(":"))}\nSHA256 Fingerprint=${Array.from({ length: 32 }, () => r.hex(2).toUpperCase()).join(":")}\nX509v3 Subject Key Identifier: ${Array.from({ length: 20 }, () => r.hex(2).toUpperCase()).join(":")}`,
  "ssh output": (r) =>
    `256 SHA256:${r.base64(32).replace("=", "")} me@host (ED25519)\nThe authenticity of host '${r.ip()}' can't be established.\nED25519 key fingerprint is SHA256:${r.base64(32).replace("=", "")}.\nMD5:${Array.from({ length: 16 }, () => r.hex(2)).join(":")}`,
  "database rows": (r) =>
    ` id | public_id | name | created_at\n${r.lines(4, () => ` ${r.digits(4)} | ${r.of([r.uuid(), r.ulid(), r.nanoid()])} | ${r.words(2, " ")} | ${r.timestamp()}`)}`,
  "crash dump": (r) =>
    r.lines(
      4,
      (i) => `#${i} 0x${r.hex(16)} in ${r.words(2, "_")} (this=0x${r.hex(12)}) at ${r.path()}:${r.digits(3)}`,
    ) + `\nBuild ID: ${r.hex(40)}\nrax 0x${r.hex(16)}`,
  prometheus: (r) =>
    r.lines(
      3,
      () =>
        `${r.words(3, "_")}_total{instance="${r.ip()}:9090",pod="${pod(r)}",trace_id="${r.hex(32)}",uid="${r.uuid()}"} ${r.digits(6)}`,
    ),
}
