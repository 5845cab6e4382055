/** Names that no one can register: RFC 2606, RFC 6761, RFC 7686; and names of hosts that look like domains. */
const RESERVED =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost|local|localdomain|lan|internal|intranet|home|corp|onion|alt)$/i
/** Code and file names that look like an address: `icon@2x.png`, `getty@tty1.service`. */
const NOT_A_DOMAIN =
  /^\.(?:png|jpe?g|gif|svg|webp|avif|ico|pdf|css|scss|less|m?js|cjs|ts|tsx|jsx|vue|json|ya?ml|toml|xml|html?|php|py|go|java|kt|rb|swift|cpp|git|so|lock|lck|conf|cfg|ini|log|txt|tar|zip|tgz|gz|deb|rpm|whl|jar|exe|dll|service|timer|target|socket|mount|path|slice|scope|swap|automount|latest|next|beta|alpha|canary|value|length|prototype|default|key|md)$/i
/** Generic top-level domains in use by people; every one of two letters counts besides. */
const GENERIC_TOP =
  /^\.(?:[a-z]{2}|com|net|org|edu|gov|mil|int|info|biz|name|pro|aero|coop|museum|jobs|mobi|travel|cat|tel|asia|post|xxx|dev|app|page|blog|cloud|online|site|website|web|store|shop|tech|space|live|life|world|today|email|mail|group|team|work|works|agency|company|business|ventures|capital|finance|financial|fund|bank|insurance|health|care|clinic|dental|doctor|hospital|law|legal|lawyer|attorney|tax|consulting|engineering|solutions|services|support|systems|software|digital|media|network|studio|design|art|photo|photography|video|music|film|news|press|events|academy|school|university|college|education|training|institute|foundation|international|global|center|community|social|chat|club|fun|games|fit|fitness|yoga|bio|eco|energy|green|farm|garden|land|house|homes|estate|properties|rent|construction|builders|tools|parts|cars|auto|bike|taxi|tours|hotel|restaurant|bar|pub|cafe|coffee|wine|beer|pizza|kitchen|food|recipes|fashion|clothing|shoes|jewelry|beauty|hair|salon|spa|xyz|top|icu|vip|win|one|zone|city|town|berlin|hamburg|koeln|cologne|bayern|saarland|ruhr|nrw|wien|tirol|swiss|zuerich|paris|bzh|alsace|corsica|london|wales|scot|cymru|irish|eus|gal|madrid|barcelona|roma|amsterdam|brussels|vlaanderen|gent|stockholm|helsinki|moscow|istanbul|nyc|boston|miami|vegas|quebec|rio|sydney|melbourne|tokyo|osaka|kyoto|nagoya|taipei|seoul|africa|joburg|capetown|durban|arab|lat|kiwi|google|ovh|sncf|bnpparibas|barclays|hsbc|bmw|audi|seat|sap|gmbh|ltd|llc|inc|srl|sarl|ngo|ong|family|gay|lgbt|love|dating|wedding|baby|dog|pet|sex|guru|expert|ninja|rocks|cool|lol|wtf|buzz|bid|trade|market|markets|exchange|money|cash|loan|credit|gold|diamonds|science|codes|computer|technology|security|domains|host|hosting|audio|band|show|theater|theatre|observer|report|review|reviews|wiki|gallery|graphics|ink|print|paper|pictures|place|plus|partners|associates|enterprises|holdings|industries|limited|management|marketing|supply|supplies|equipment|delivery|express|direct|deals|discount|sale|gifts|gift|toys|kids|mom|dad|men|moe|kim|ruf|ren|wang|shiksha|desi|earth|ceo|cpa|cfd|vet|vin|vision|vote|voto|voyage|watch|yachts)$/i
/** Foundations, distributions, standards bodies and forges: whoever writes from there is on public record. */
const PUBLIC_DOMAIN =
  /(?:^|\.)(?:debian|ubuntu|gnu|fsf|kernel|apache|python|perl|cpan|php|ruby-lang|rubygems|haskell|ocaml|gnome|kde|freedesktop|x|xfree86|freebsd|netbsd|openbsd|dragonflybsd|gentoo|archlinux|opensuse|fedoraproject|centos|mageia|alpinelinux|openssl|openssh|postgresql|mariadb|sqlite|nodejs|openjsf|linuxfoundation|cncf|eclipse|mozilla|chromium|llvm|gcc|sourceware|libreoffice|documentfoundation|videolan|wikimedia|w3|ietf|iana|icann|unicode|iso|ecma-international|oasis-open|opengroup|khronos|isc|torproject|signal|letsencrypt|eff|creativecommons|opensource)\.(?:org|net|foundation)$|(?:^|\.)(?:users\.)?(?:noreply\.(?:github|gitlab|gitea)\.\w+|sourceforge\.(?:net|jp)|users\.sf\.net|savannah\.\w+|launchpad\.net|ubuntu\.com|canonical\.com|openssh\.com|libssh\.org|nongnu\.org|googlegroups\.com|freelists\.org|lists\.[\w.-]+|kernel\.dk|gitlab\.com|github\.com|npmjs\.com|docker\.com|golang\.org|rust-lang\.org|ruby-lang\.org|anthropic\.com|openai\.com|iam\.gserviceaccount\.com|developer\.gserviceaccount\.com|appspot\.gserviceaccount\.com)$/i
/** Mailboxes of a function and not of a person (RFC 2142, and what projects and companies use). */
const ROLE =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|support|help(?:desk)?|info|contact(?:us)?|hello|hi|hey|team|office|mail|email|admin(?:istrator)?|root|sysadmin|web ?master|postmaster|ftp ?master|cdimage|keyring|hostmaster|mailer-daemon|listmaster|abuse|noc|security|secure|psirt|cert|csirt|vulnerabilit(?:y|ies)|disclosure|bounty|conduct|coc|codeofconduct|opencode|open-?source|oss|foss|legal|licen[sc](?:e|ing)|copyright|dmca|trademarks?|privacy|gdpr|dpo|compliance|sales|billing|invoices?|accounting|finance|orders?|shop|store|marketing|press|media|pr|news(?:letter)?|jobs|careers|recruiting|hr|events?|feedback|suggestions?|questions|ask|faq|bugs?|issues?|reports?|bug-[\w.+-]+|dev|devs|devel|developers?|hackers|users?|discuss|general|announce|patches|commits?|cvs|git|svn|build|builds|builder|ci|cd|release|releases|packag(?:e|es|ing|er)|maintainers?|owners?|authors?|contributors?|core|moderators?|community|subscribe|unsubscribe|bounces?|notifications?|notify|alerts?|alarm|monitoring|status|service|services|customer(?:s|service|care)?|accounts?|registration|webhooks?|api|bot|robot|daemon|cron|nobody|www(?:-data)?|ftp|nginx|apache|postgres|mysql|redis|docker|jenkins|deploy(?:er)?|system|server|test(?:er|ing)?|tests|demo|example|sample|dummy|fake|foo|bar|baz|qux|foobar|username|someone|somebody|anyone|you|your[._-]?\w*|my[._-]?(?:e?mail|name)|name|first[._-]?(?:name)?[._-]?last[._-]?(?:name)?|e-?mail[._-]?address|recipient|sender|receiver|from|to|x{2,}|a|abc|asdf|blah|[\w.+-]+-(?:dev|devel|users?|list|lists|announce|commits?|bugs?|discuss|maintainers?|owner|request|bot|team|security)|[\w.+-]+\[bot\]|bot[-_][\w.+-]+|dependabot\w*|renovate\w*|github-actions\w*|list-[\w.+-]+|team\+[\w.+-]+)(?:\+[\w.-]*)?$/i
/** What documents and tests write in place of a name. */
const STAND_IN =
  /^(?:john|jane|joe|max|erika|jean|juan|mario)[._-]?(?:doe|roe|bloggs|smith|public|mustermann|musterfrau|dupont|perez|rossi)\d*$|^j\.?doe\d*$|^(?:user|test|customer|client|member|person|account|student|employee|guest)[._-]?\w{0,3}\d*$|^(?:foo|bar|baz|qux|test|user|example|sample|dummy|fake|mock|demo)[._+-]?\w*$/i
/** Second-level names that stand for any. */
const ANY_DOMAIN =
  /^(?:[\w-]+\.)*(?:tests?|foo|bar|baz|foobar|domain|[a-z]?email|mailserver|example\w*|company|corp|acme(?:-?corp)?|my-?\w*|your[\w-]*|some-?\w*|site|website|host|server|abc|xyz|xxx+|fake|dummy|nowhere|void|contoso|fabrikam|[a-z])\.[a-z]{2,10}$/i
/** The left side of a Message-ID. */
const MESSAGE_ID = /\d{9,}|^[0-9a-f]{16,}$/
/** A person's name directly before the address, in text that is no code: `John Doe (j@…`. */
const NAMED =
  /(?:^|\s)[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][A-Za-zÀ-ɏͰ-ӿ'’-]{1,30}\s[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][A-Za-zÀ-ɏͰ-ӿ'’-]{1,30}\s?[(,:]?\s?$/
const CODE = /["'`{}[\]=;<>|\\*#]|\/\/|->|=>/

/**
 * Whether `text[start, end)`, with its `@` at `at`, could be a person's address: not a reserved domain, a project's, a
 * role's mailbox or a stand-in. A stand-in beside a full name in prose is taken for a person's.
 */
export function isPersonal(text: string, start: number, at: number, end: number): boolean {
  const local = text.slice(start, at)
  const domain = text.slice(at + 1, end)
  const top = domain.slice(domain.lastIndexOf("."))
  if (NOT_A_DOMAIN.test(top) || !GENERIC_TOP.test(top)) return false
  if (RESERVED.test(domain)) return isNamed(text, start) && !ROLE.test(local)
  if (MESSAGE_ID.test(local) || ROLE.test(local) || PUBLIC_DOMAIN.test(domain)) return false
  if (!isQuoted(text, start, end)) return true
  if (domain.startsWith(`${local.toLowerCase()}.`)) return false
  return !STAND_IN.test(local) && !(ANY_DOMAIN.test(domain) && local.length < 24)
}

/** In quotes or backticks, as in code and tests, escaped ones too; or behind `mailto:`. */
function isQuoted(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1)
  if ((before === '"' || before === "'" || before === "`") && /^\\?["'`]/.test(text.slice(end, end + 2)))
    return true
  return before === ":" && text.slice(start - 7, start).toLowerCase() === "mailto:"
}

function isNamed(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 120), start)
  const line = before.slice(before.lastIndexOf("\n") + 1)
  return NAMED.test(line) && !CODE.test(line)
}
