// What people, phones and attackers put into forms. Numbers in the names are those of the list of bad inputs.
// 52, 54, 61, 65, 75 to 80 and 82 to 84 are accepted, because they are text: React and `escapeHtml` escape what is shown
// and mailed, SQL gets parameters, and no file name, table sheet or link is made of what somebody typed.

/** Bytes that are no UTF-8: alone, overlong, half a surrogate pair. */
const BYTES: [name: string, value: Buffer][] = [
  ['72 a byte that begins nothing', Buffer.from([0x41, 0xff, 0xfe, 0x42])],
  ['58 a lone surrogate', Buffer.from([0x41, 0xed, 0xa0, 0x80, 0x42])],
  ['74 an overlong slash', Buffer.from([0x41, 0xc0, 0xaf, 0x42])],
]

/** Texts no field of ours takes. */
export const WRONG_TEXTS: [name: string, value: string | Buffer][] = [
  ['48 empty', ''],
  ['49 spaces only', '   '],
  ['50 zero-width only', '\u200b\u200b'],
  ['50 zero-width inside', 'Ан\u200bна'],
  ['50 a Hangul filler', '\u3164'],
  ['50 a Hangul initial filler', '\u115f'],
  ['50 a half-width filler', '\uffa0'],
  ['50 a blank of Braille', '\u2800'],
  ['50 a soft hyphen inside', 'Ан\u00adна'],
  ['50 a grapheme joiner inside', 'Ан\u034fна'],
  ['50 a Mongolian separator inside', 'Ан\u180eна'],
  ['50 a joiner between letters', 'Ан\u200dна'],
  ['50 a selector after a letter', 'Анна\ufe0f'],
  ['50 a tag after a letter', 'Анна\u{e0041}'],
  ['51 right-to-left override', 'Анна\u202eаннА'],
  ['52 bidi isolates', 'Анна\u2067x\u2069'],
  ['55 a stack of marks', `А${'\u0301'.repeat(12)}`],
  ['55 marks with joiners between', `А${'\u0330\u0331\u0332\u0333\u200d'.repeat(9)}`],
  ['56 NUL', 'Анна\u0000'],
  ['57 an escape sequence', '\u001b[31mАнна'],
  ['59 a non-character', 'Анна\ufffe'],
  ['59 a non-character in the middle', 'Анна\ufdd0'],
  ['59 the end of a plane', 'Анна\u{1fffe}'],
  ['59 the end of the last plane', 'Анна\u{10ffff}'],
  ['60 private use', 'Анна\ue000'],
  ['60 a private plane', 'Анна\u{f0000}'],
  ['60 the last private sign', 'Анна\u{10fffd}'],
  ['70 a line separator', 'Анна\u2028Б'],
  ['71 a byte-order mark inside', 'Ан\ufeffна'],
  ['66 a long text', 'я'.repeat(20_000)],
  ['67 one long word', 'Щ'.repeat(9_999)],
  ['53 more families than a field has room for', '👨‍👩‍👧‍👦'.repeat(600)],
  ...BYTES,
]

/** Texts no field of one line takes: no browser sends them from there. */
export const WRONG_LINES: [name: string, value: string][] = [
  ['68 two lines', 'Анна\nсоседка'],
  ['68 two lines of Windows', 'Анна\r\nсоседка'],
  ['69 a tab', 'Анна\tсоседка'],
]

/** Texts others will read must hold no way to reach somebody and no document. */
export const WRONG_SHARED_TEXTS: [name: string, value: string][] = [
  ['85 a link', 'Анна http://example.org'],
  ['85 a phone', 'Анна +7 701 234 56 78'],
  ['85 a mail address', 'Анна anna@example.org'],
  ['85 a handle', '@anna_anna'],
  ['86 a passport number', 'Анна 4510 123456'],
  ['86 an identity number', '900101300123'],
]

/** As `WRONG_TEXTS`, for a field that may be left empty. */
export const WRONG_OPTIONAL_TEXTS = WRONG_TEXTS.filter(([name]) => !name.startsWith('48') && !name.startsWith('49'))

/** Unusual texts that are somebody's name or say what they mean. */
export const GOOD_TEXTS: [name: string, value: string][] = [
  ['53 emoji with joiners', '👨‍👩‍👧‍👦 семья'],
  ['54 flags and skin tones', '👋🏽 Анна'],
  ['61 look-alike letters', 'Аnna'],
  ['53 hearts that are two signs each', '❤️'.repeat(40)],
  ['53 families', '👨‍👩‍👧‍👦'.repeat(9)],
  ['54 a flag of a region', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Анна'],
  ['62 a decomposed letter', 'и\u0306од'],
  ['63 Kazakh, Kyrgyz, Uzbek, Armenian', 'Әсел Өмүт Oʻgʻil Աննա'],
  ['64 one letter', 'Я'],
  ['64 apostrophe and hyphen', "О'Коннор-Заде"],
  ['65 null', 'null'],
  ['65 undefined', 'undefined'],
  ['75 tags', '<b>Анна</b>'],
  ['76 an image that fails', '<img src=x onerror=alert(1)>'],
  ['76 a drawing that runs', '<svg onload=alert(1)>'],
  ['77 a script that ends', '</script><script>alert(1)</script>'],
  ['77 a comment that ends', '--><i>'],
  ['79 a link in markdown', '[x](javascript:1)'],
  ['78 a link that runs', 'javascript:alert(1)'],
  ['78 a page in a link', 'data:text/html,x'],
  ['80 braces', '{{7*7}} ${7*7} {name}'],
  ['81 quotes of a database', "Robert'); drop table arrival;--"],
  ['82 signs of a search', '100%_'],
  ['83 a path upwards', '..\\..\\etc\\passwd'],
  ['84 a formula', '=1+1'],
]

/** Days that are none, or not in the calendar's own spelling. */
export const WRONG_DAYS: [name: string, value: string | Buffer | readonly string[]][] = [
  ['1 30 February', '2027-02-30'],
  ['2 29 February of a common year', '2027-02-29'],
  ['4 31 April', '2027-04-31'],
  ['5 month 0', '2027-00-10'],
  ['5 month 13', '2027-13-10'],
  ['6 day 0', '2027-01-00'],
  ['7 one-digit month', '2027-1-10'],
  ['8 with slashes', '10/01/2027'],
  ['9 with dots', '01.10.2027'],
  ['10 milliseconds', '1669000000000'],
  ['11 year 0', '0000-01-01'],
  ['11 year 275760', '275760-09-13'],
  ['12 a year before our time', '-0044-03-15'],
  ['13 infinity', 'infinity'],
  ['13 a word the database knows', 'epoch'],
  ['14 with a time', '2027-01-10T00:00:00Z'],
  ['15 a leap second', '2027-12-31T23:59:60Z'],
  ['16 with an offset', '2027-01-10+14:00'],
  ['16 with an offset to the west', '2027-01-10-12:00'],
  ['16 with an uneven offset', '2027-01-10+05:45'],
  ['13 a word', 'today'],
  ['27 Persian digits', '۲۰۲۷-۰۱-۱۰'],
  ['30 the Persian year', '1405-08-01'],
  ['30 the Thai year', '2570-01-10'],
  ['27 Arabic digits', '٢٠٢٧-٠١-١٠'],
  ['28 two days', ['2027-01-10', '2027-01-11']],
  ['29 null', 'null'],
  ['29 zero', '0'],
  ['31 a week', '2027-W02-1'],
  ['32 wide digits', '２０２７-０１-１０'],
  ['72 bytes', Buffer.from([0x32, 0x30, 0xff])],
]

/** Days that are days and still too early or too late. */
export const FAR_DAYS: [name: string, value: string][] = [
  ['22 in the past', '2022-10-01'],
  ['33 a century ago', '1926-11-22'],
  ['11 year 1', '0001-01-01'],
  ['11 year 9999', '9999-12-31'],
  ['3 29 February of a leap year, long ago', '2024-02-29'],
]

/** Numbers that are none, or not in the spelling of a form. */
export const WRONG_NUMBERS: [name: string, value: string | Buffer | readonly string[] | null][] = [
  ['34 minus one', '-1'],
  ['35 a half', '0.5'],
  ['36 minus zero', '-0'],
  ['37 with an exponent', '1e3'],
  ['38 hexadecimal', '0x10'],
  ['39 2^31', '2147483648'],
  ['39 2^53', '9007199254740992'],
  ['39 beyond all numbers', '1e309'],
  ['40 NaN', 'NaN'],
  ['40 Infinity', 'Infinity'],
  ['42 a million', '1000000'],
  ['44 an Arabic digit', '٣'],
  ['45 with a word', '7 человек'],
  ['46 two numbers', ['5', '6']],
  ['47 thousands', '1 000'],
  ['48 empty', ''],
  ['72 bytes', Buffer.from([0x31, 0xff])],
]

/** Mail addresses no mail reaches. */
export const WRONG_MAILS: [name: string, value: string][] = [
  ['48 empty', ''],
  ['90 a quoted name', '"a b"@example.org'],
  ['91 two addresses', 'a@example.org, b@example.org'],
  ['94 very long', `${'a'.repeat(250)}@example.org`],
  ['68 a header', 'a@example.org\r\nBcc: b@example.org'],
  ['no sign', 'anna.example.org'],
]
