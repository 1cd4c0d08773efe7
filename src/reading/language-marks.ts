/** Of one language: words that hardly any sentence does without, and letters that its neighbours have not. */
export type Marks = { readonly tag: string; readonly words: ReadonlySet<string>; readonly letters: string }

const marks = (tag: string, words: string, letters = ''): Marks => ({
  tag,
  words: new Set(words.split(' ')),
  letters,
})

/** Languages in Latin letters; the first of two that fit as well is taken, and said to be unsure. */
export const LATIN: readonly Marks[] = [
  marks(
    'en',
    "the a my me them us out up over some any such most much many very only just like such you'll they'll he'll we'll i'll i'd i've he's she's there's that's of and to in is that it for was on are with as at by this be have from or not will would i he she they we you his her their our but an there has had been which who what when if no can could should about into than then also more its were do does did won't don't it's i'm isn't can't think between after before over under war chance year years next likely unlikely probably possibly certainly soon never",
  ),
  marks(
    'de',
    'der die das und nicht ist ein eine einen einem einer zu den dem des mit auf für im von sich auch es wir ich sie er wird werden sind war hat haben bei nach dass als oder aber noch nur wenn kein keine über wie zum zur durch vor bis jahr jahre krieg können wahrscheinlich',
    'ß',
  ),
  marks(
    'fr',
    "le la les des et est une un du que qui dans pas pour ne sur au aux avec ce cette il elle nous vous ils je se sont sera seront plus par mais ou où leur ont été être c'est qu'il n'est d'ici de avant fin l'année l'an d'une n'y fait très année années guerre probablement comme tout aussi",
    'çœêùûè',
  ),
  marks(
    'es',
    'el la los las de y que en un una por con para no es se del al lo su como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos será años año guerra habrá está están probablemente',
    'ñ¿¡',
  ),
  marks(
    'it',
    "il lo la gli le di e che è un una per non con sono da del della dei delle nel nella ma come più anche si al alla ci questo questa ha hanno sarà saranno ho molto dell'anno l'anno perché guerra anni anno probabilmente c'è dal dalla tra essere",
  ),
  marks(
    'pt',
    'o a os as de e que em um uma do da dos das para com não é se na no nas nos por mais como mas ao ele ela foi são será vai ser também já muito até isso pelo pela ano anos guerra está haverá provavelmente este esta seu sua',
    'ãõ',
  ),
  marks(
    'nl',
    'de het een en van is dat niet in op te zijn voor met die er aan ook als maar om bij nog dan wordt worden zal zullen deze dit hij zij wij ik naar uit over door jaar jaren oorlog waarschijnlijk kan geen heeft hebben wel',
  ),
  marks(
    'sv',
    'och att det som en ett är på inte av för med den till de har jag om var kan vi ska kommer men från eller han hon ut nu år efter kriget vid detta skulle sig finns blir mycket bara sannolikt',
    'å',
  ),
  marks(
    'da',
    'og at det som en et er på ikke af for med den til de har jeg om var kan vi skal kommer men fra eller han hun ud nu år efter krigen ved dette ville sig findes bliver meget kun sandsynligvis',
    'æø',
  ),
  marks(
    'nb',
    'og at det som en et er på ikke av for med den til de har jeg om var kan vi skal kommer men fra eller han hun ut nå år etter krigen ved dette ville seg finnes blir mye bare sannsynligvis',
    'æø',
  ),
  marks(
    'fi',
    'ja on ei se että en oli ovat hän mutta kun tai niin myös mitä jos kuin sen ole tämä joka jotka vain vielä sota vuonna vuoden ensi tulee todennäköisesti me he minä voi olla',
  ),
  marks(
    'et',
    'ja on ei see et oli kui ka ning aga või ta seda mis kes sõda aastal aasta järgmisel tuleb tõenäoliselt ole pole olema nad meie',
    'õ',
  ),
  marks(
    'hu',
    'a az és nem hogy is egy van ez meg azt csak de már lesz lehet volt ki még mint el vagy ha mert kell nincs háború évben jövő valószínűleg fog nagyon között',
    'őű',
  ),
  marks(
    'pl',
    'i w nie na się z to że do jest jak ale po co tak za od o tym był będzie będą przez dla czy już tylko może są jego oraz który która ze wojna wojny roku lat prawdopodobnie przed też',
    'łąęśźżćń',
  ),
  marks(
    'cs',
    'a v se na je že to s z do o i jako za ve by pro ale jsem být který která po jen bude budou není jeho nebo si válka válce roce let příští pravděpodobně už také však',
    'ěřů',
  ),
  marks(
    'sk',
    'a v sa na je že to s z do o i ako za vo by pre ale som byť ktorý ktorá po len bude budú nie jeho alebo si vojna vojne roku rokov budúci pravdepodobne už tiež však',
    'ľĺŕô',
  ),
  marks(
    'sl',
    'in v je na se da za z so ki ne pa tudi bo bodo ni po kot ali še že od iz pri bi vojna leta letu naslednje verjetno bil',
  ),
  marks(
    'hr',
    'i u je na se da za s su koji ne će što od kao o iz po bi ali to biti nije rat godine godini sljedeće vjerojatno samo sa nakon hoće',
    'đ',
  ),
  marks(
    'ro',
    'și în de la a nu este că pe cu o un să din mai se care va vor pentru sunt al ale ce dar dacă fi ca sau lui anul ani război probabil după foarte această acest fost ar',
    'șțăşţ',
  ),
  marks(
    'tr',
    've bir bu da de için ile çok olarak daha olan gibi en var ama ne kadar sonra değil olacak olacağını savaş yıl yılda gelecek muhtemelen mi mı her o ben biz şey göre yok büyük yeni ki veya',
    'ığ',
  ),
  marks(
    'az',
    'və bir bu ki da də üçün ilə çox olan kimi daha var amma sonra deyil olacaq müharibə il ildə gələn ehtimal o mən biz hər yox böyük yeni isə edəcək haqqında olmayacaq yəqin',
    'ə',
  ),
  marks(
    'uz',
    'va bir bu uchun bilan ham emas deb edi boʻladi bo‘ladi boladi lekin yoki uning keyin urush yil yilda kelasi ehtimol oʻzbekiston kerak har qanday',
  ),
  marks(
    'lt',
    'ir yra kad į ne su iš tai bet kaip per už jis dėl nuo bus po tik dar ar karas metais metų kitais tikriausiai jau apie',
    'ėųįš',
  ),
  marks(
    'lv',
    'un ir ka ar no par uz ne kas arī bet lai to būs pēc vai jau tikai kā karš gadā gada nākamajā visticamāk nav pie',
    'āēīķļņ',
  ),
  marks(
    'sq',
    'dhe në të e i një për me që nga është nuk do se si ka por më ky kjo ose lufta viti vitin ardhshëm ndoshta janë',
  ),
  marks(
    'id',
    'yang dan di dari untuk dengan tidak ini itu akan pada adalah dalam ke juga sudah bisa ada oleh perang tahun depan mungkin kita mereka karena lebih saya',
  ),
  marks(
    'vi',
    'và của là không có được cho các với trong một những này đã sẽ người từ khi đến chiến tranh năm nhưng cũng tôi',
    'ơưạảấầ',
  ),
  marks(
    'ca',
    "el la els les de i que en un una per amb no és es del al com més però hi ha serà guerra any anys aquest aquesta són també l'any d'un",
    '·',
  ),
  marks('ku', 'û di de ku bi ji li ev wê ew na bo jî dê şer sal saleke'),
]

export const CYRILLIC: readonly Marks[] = [
  marks(
    'ru',
    'и в во не на что я с со он как это по но они мы из у который то за от так о же для бы или если уже когда быть будет будут был была до вы все его её их при нет ещё еще этот этого чтобы только может война войны год года году лет вероятно скорее всего возможно',
    'ыэёъщ',
  ),
  marks(
    'uk',
    'і в не на що я з він як це по але вони ми із у який та за від так про ж для б або якщо вже коли бути буде будуть був була до ви всі його її їх при немає ще цей цього щоб тільки може війна війни рік року років ймовірно',
    'їєґщ',
  ),
  marks(
    'be',
    'і ў не на што я з ён як гэта па але яны мы які за ад так пра для або калі ўжо быць будзе будуць быў была да вы усе яго яе іх пры няма яшчэ каб толькі можа вайна вайны год года гадоў верагодна',
    'ў',
  ),
  marks(
    'bg',
    'и в не на че се да от за с по е като това ще са но или как при до един една който която те ние той тя има няма бъде война година години догодина вероятно може много само след няма',
    'щъ',
  ),
  marks(
    'mk',
    'и во не на дека се да од за со по е како ова ќе се но или при до еден една кој која тие ние тој таа има нема биде војна година години веројатно може многу само',
    'ѓќѕ',
  ),
  marks(
    'sr',
    'и у не на да се је за од са су који ће што као о из по би али то бити није рат године години следеће вероватно само након неће',
    'ђјљњћџ',
  ),
  marks(
    'kk',
    'және бір бұл мен деп үшін бар емес болады болып деген еді ол осы келесі жылы жыл соғыс мүмкін қазақстан жоқ кейін туралы',
    'әғқңұһ',
  ),
  marks(
    'ky',
    'жана бир бул менен деп үчүн бар эмес болот болуп деген эле ал ушул кийинки жылы жыл согуш мүмкүн кыргызстан жок кийин',
    'ңөү',
  ),
  marks(
    'tg',
    'ва дар ба аз ки ин бо барои як аст мешавад буд вай ҷанг соли сол оянда эҳтимол нест',
    'ҷӣӯҳғқ',
  ),
  marks('mn', 'нь энэ бол ба тэр байна болно юм гэж дайн онд жил ирэх магадгүй', 'өү'),
]

export const ARABIC: readonly Marks[] = [
  marks(
    'ar',
    'في من على إلى أن هذا هذه التي الذي لا ما عن مع كان لن سوف هو هي قد بعد بين كل أو ثم لم العام الحرب ليس إن سيكون يكون',
    'ةىأإ',
  ),
  marks(
    'fa',
    'و در به از که این را با است برای آن یک می خواهد شد بود هم تا جنگ سال آینده احتمالا نیست خواهند ایران شود',
    'پچژگکی',
  ),
  marks('ur', 'اور میں کے کی ہے کا نہیں سے کو یہ پر ہیں نے جنگ سال ہو گا گی بھی', 'ٹڈڑےںہپچگکی'),
  marks('ckb', 'و لە بە کە ئەم بۆ لەگەڵ نیە نییە دەبێت شەڕ ساڵ', 'ڕڵێۆەپچگکی'),
  marks('ps', 'او په د چې کې دی نه سره به جګړه کال', 'ټډړښځڅۍېپچګک'),
]

/** Scripts of one language each, as far as newsrooms meet them. */
export const OF_SCRIPT: readonly (readonly [script: RegExp, tag: string])[] = [
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Ethiopic}/gu, 'am'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Myanmar}/gu, 'my'],
]
