/**
 * Services whose keys have neither a beginning of their own nor a page of their own here: one line each, with the words
 * that name the vendor and the shape of its keys. They are found only where that vendor is named beside a role.
 */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named } from './builders.ts';
import type { Format } from './format.ts';
import { UUID_PARTS, inWords, run } from './format.ts';
import { BASE62, BASE64, DIGITS, HEX, LOWER_DIGITS, UPPER_DIGITS, UPPER_HEX, URL_SAFE } from './random.ts';

type Words = Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'>;
/** Words that name the vendor (the first is the provider), its name as people write it, and the shapes of its keys. */
type Service = readonly [vendors: string, title: string, ...formats: readonly Format[]];

const hex = (length: number): Format => [run(HEX, length)];
const lower = (length: number): Format => [run(LOWER_DIGITS, length)];
const upper = (length: number): Format => [run(UPPER_DIGITS, length)];
const letters = (length: number, max = length): Format => [run(BASE62, length, max)];
const safe = (length: number, max = length): Format => [run(URL_SAFE, length, max)];
const UUID = UUID_PARTS;

const REVOKE = 'Replace it in the API settings';
const OFFICE: Words = { can: ['write', 'read'], opens: 'it reads and writes your data there', rotate: REVOKE };
const CUSTOMERS: Words = { ...OFFICE, opens: 'it reads and writes your customers' };
const CONTENT: Words = { ...OFFICE, opens: 'it reads and writes your content' };
const SPENDS: Words = { can: ['spend', 'read'], opens: 'it spends on your account', rotate: REVOKE };
const LOOKS_UP: Words = { ...SPENDS, opens: 'it makes look-ups on your account' };
const SENDS: Words = { can: ['send', 'read'], opens: 'it sends messages as you', rotate: REVOKE };
const WATCHES: Words = { can: ['write', 'read'], opens: 'it reads or writes your logs and reports', rotate: REVOKE };
const PAYS: Words = { can: ['pay', 'read'], opens: 'it moves real money', rotate: REVOKE };
const USERS: Words = { can: ['admin', 'read'], opens: 'it reads and changes your users', rotate: REVOKE };

/** Ids of the vendor's own things are UUIDs too, and no keys. */
const NOT_IDS = ['id', 'client', 'account', 'project', 'app', 'user', 'order', 'site'];

/** Services whose key is called an app id: OpenWeather and Wolfram Alpha docs, parameter `appid`. Elsewhere it is public. */
const APP_IDS: ReadonlySet<string> = new Set(['openweather', 'wolfram']);

function services(words: Words, list: readonly Service[]): readonly Detector[] {
  return list.map(([vendors, title, ...formats]) => {
    const all = vendors.split(' ');
    const provider = all[0] as string;
    return named({
      ...words, name: `${provider}-key`, title: `${title} key`, provider, vendors: all, role: 'token', formats, roles: APP_IDS.has(provider) ? ['appid'] : [],
      not: formats.includes(UUID) ? NOT_IDS : [], source: `${title} API; other scanners and public code: ${formats.map(inWords).join(', or ')}`,
    });
  });
}

export const SERVICE_DETECTORS: readonly Detector[] = [
  ...services(OFFICE, [
    ['coda', 'Coda', UUID], ['shortcut clubhouse', 'Shortcut', UUID], ['canny', 'Canny', UUID], ['pivotaltracker pivotal', 'Pivotal Tracker', hex(32)],
    ['jotform', 'JotForm', hex(32), letters(32)], ['formstack', 'Formstack', hex(32)],
    ['qualtrics', 'Qualtrics', letters(40)], ['delighted', 'Delighted', letters(32)], ['harvest', 'Harvest', [run(DIGITS, 5, 8), '.pt.', run(URL_SAFE, 86)]],
    ['toggl', 'Toggl', lower(32)],
    ['clockify', 'Clockify', letters(48)], ['timecamp', 'TimeCamp', lower(26)], ['meistertask mindmeister', 'MeisterTask', letters(43)],
    ['basecamp', 'Basecamp', hex(40)], ['lokalise', 'Lokalise', hex(40)], ['crowdin', 'Crowdin', hex(80), letters(80)],
    ['transifex', 'Transifex', ['1/', run(HEX, 40)]], ['phrase phraseapp', 'Phrase', hex(64)], ['eventbrite', 'Eventbrite', upper(20)],
    ['gumroad', 'Gumroad', safe(43)], ['ynab youneedabudget', 'YNAB', safe(43), hex(64)], ['lunchmoney', 'Lunch Money', hex(50)],
    ['bamboohr', 'BambooHR', hex(40)], ['docusign', 'DocuSign', UUID], ['pandadoc', 'PandaDoc', hex(40)], ['hellosign dropboxsign', 'Dropbox Sign', hex(64)],
    ['docparser', 'Docparser', hex(40)], ['pdfshift', 'PDFShift', ['sk_', run(HEX, 40)], hex(32)],
    ['convertapi', 'ConvertAPI', letters(16), letters(32)], ['ably', 'Ably', [run(URL_SAFE, 6), '.', run(URL_SAFE, 6), ':', run(URL_SAFE, 20, 43)]],
    ['pusher', 'Pusher', hex(20)], ['livekit', 'LiveKit', letters(43, 44)], ['dailyco daily', 'Daily', hex(64)],
    ['ubidots', 'Ubidots', ['BBFF-', run(BASE62, 30)]], ['blynk', 'Blynk', safe(32)], ['particle', 'Particle', hex(40)],
    ['smartsheet smartsheets', 'Smartsheet', letters(37), lower(26)], ['miro', 'Miro', safe(27)],
    ['podio', 'Podio', letters(64), lower(32)], ['streak', 'Streak', hex(32)], ['mavenlink', 'Mavenlink', hex(64)], ['guru', 'Guru', UUID],
    ['gitbook', 'GitBook', ['gb_api_', run(BASE62, 40)]],
    ['paymo paymoapp', 'Paymo', letters(44)], ['greenhouse', 'Greenhouse', [run(HEX, 32), '-', run(DIGITS, 1)]], ['iconfinder', 'Iconfinder', letters(64)],
  ]),
  ...services(CUSTOMERS, [
    ['helpscout', 'Help Scout', hex(40), letters(32)], ['humanity', 'Humanity', hex(40)], ['freshbooks', 'FreshBooks', hex(64), lower(64)],
    ['capsule capsulecrm', 'Capsule', letters(64)], ['insightly', 'Insightly', UUID], ['copper', 'Copper', hex(32)],
    ['activecampaign', 'ActiveCampaign', hex(64)], ['salesflare', 'Salesflare', safe(45)], ['chartmogul', 'ChartMogul', hex(32)],
    ['baremetrics', 'Baremetrics', ['lk_', run(URL_SAFE, 22)], safe(25)], ['clearbit', 'Clearbit', ['sk_', run(HEX, 32)]], ['apollo', 'Apollo', safe(22)],
    ['bigcommerce', 'BigCommerce', lower(31)], ['squarespace', 'Squarespace', UUID], ['etsy', 'Etsy', lower(24)], ['prestashop', 'PrestaShop', upper(32)],
    ['snipcart', 'Snipcart', safe(75)], ['groove groovehq', 'Groove', hex(64)],
    ['crisp', 'Crisp', hex(64)], ['drift', 'Drift', letters(32)], ['chatbot', 'ChatBot', letters(32)], ['hunter hunterio', 'Hunter', hex(40)],
    ['rocketreach', 'RocketReach', [run(HEX, 6, 7), 'k', run(HEX, 32)]], ['lemlist', 'Lemlist', hex(32)],
    ['leadfeeder', 'Leadfeeder', safe(43)], ['peopledatalabs pdl', 'People Data Labs', hex(64)], ['partnerstack', 'PartnerStack', letters(64)],
  ]),
  ...services(CONTENT, [
    ['musixmatch', 'Musixmatch', hex(32)], ['tripadvisor', 'Tripadvisor', hex(32), upper(32)], ['trakt', 'Trakt', hex(64)], ['deezer', 'Deezer', hex(32)], ['soundcloud', 'SoundCloud', letters(32), hex(32)],
    ['thetvdb tvdb', 'TheTVDB', UUID, hex(32)], ['magento', 'Magento', lower(32)], ['baserow', 'Baserow', letters(32)], ['strapi', 'Strapi', hex(256)], ['directus', 'Directus', safe(32)],
    ['nocodb', 'NocoDB', safe(40)], ['playht', 'PlayHT', hex(32)],
    ['webflow', 'Webflow', hex(64)], ['datocms', 'DatoCMS', hex(30)], ['buttercms', 'ButterCMS', hex(40)], ['cloudinary', 'Cloudinary', safe(27)],
    ['imagekit', 'ImageKit', ['private_', run(BASE64, 27), '=']], ['uploadcare', 'Uploadcare', hex(20)],
    ['mux', 'Mux', [run(BASE64, 75, 98)]], ['imgur', 'Imgur', hex(40)], ['flickr', 'Flickr', hex(32)], ['giphy', 'Giphy', letters(32)],
    ['unsplash', 'Unsplash', safe(43)], ['pexels', 'Pexels', letters(56)], ['pixabay', 'Pixabay', [run(DIGITS, 7, 8), '-', run(HEX, 25)]],
    ['disqus', 'Disqus', letters(64)],
    ['vimeo', 'Vimeo', hex(32)], ['genius', 'Genius', safe(64)], ['lastfm', 'Last.fm', hex(32)], ['tmdb themoviedb', 'TMDB', hex(32)],
    ['nytimes', 'New York Times', letters(32), safe(32)], ['guardian', 'Guardian', UUID],
    ['pastebin', 'Pastebin', hex(32), letters(32)], ['wistia', 'Wistia', hex(64)], ['bannerbear', 'Bannerbear', [run(BASE62, 22), 'tt'], ['bb_pr_', run(HEX, 30)]],
    ['kontent', 'Kontent', UUID],
  ]),
  ...services(LOOKS_UP, [
    ['scrapeops', 'ScrapeOps', UUID, letters(32)], ['zipcodebase', 'Zipcodebase', UUID], ['parseur', 'Parseur', hex(40)], ['upcdatabase', 'UPC Database', upper(32)],
    ['tomtom', 'TomTom', letters(32)], ['opencage opencagedata', 'OpenCage', hex(32)], ['mapquest', 'MapQuest', letters(32)], ['geoapify', 'Geoapify', hex(32)],
    ['graphhopper', 'GraphHopper', UUID], ['positionstack', 'positionstack', hex(32)], ['locationiq', 'LocationIQ', ['pk.', run(HEX, 32)], hex(16)],
    ['heremaps hereapi', 'HERE', safe(43)], ['bingmaps', 'Bing Maps', safe(64)], ['what3words', 'what3words', upper(16)],
    ['openrouteservice ors', 'openrouteservice', hex(56)], ['maptiler', 'MapTiler', letters(20)],
    ['openweather openweathermap owm pyowm', 'OpenWeather', hex(32)], ['weatherbit', 'Weatherbit', hex(32)], ['weatherstack', 'Weatherstack', hex(32)],
    ['weatherapi', 'WeatherAPI', lower(31)], ['accuweather', 'AccuWeather', letters(35), letters(32), ['zpka_', run(HEX, 32), '_', run(HEX, 8)]],
    ['tomorrowio tomorrow climacell', 'Tomorrow.io', letters(32)], ['visualcrossing', 'Visual Crossing', upper(25)],
    ['stormglass', 'Stormglass', [...UUID, '-', ...UUID]], ['ipstack', 'ipstack', hex(32)], ['ipapi', 'ipapi', hex(32)],
    ['ipgeolocation', 'IPGeolocation', hex(32)], ['ipdata', 'ipdata', hex(56)],
    ['ip2location', 'IP2Location', upper(32)], ['ipqualityscore ipquality', 'IPQualityScore', letters(32)], ['ipify geoipify', 'ipify', ['at_', run(BASE62, 29)]],
    ['ipinfodb', 'IPInfoDB', hex(64)], ['vpnapi', 'VPNAPI', hex(32)], ['virustotal vt', 'VirusTotal', hex(64)], ['abuseipdb', 'AbuseIPDB', hex(80)],
    ['shodan', 'Shodan', letters(32)], ['securitytrails', 'SecurityTrails', letters(32)], ['hibp haveibeenpwned', 'Have I Been Pwned', hex(32)],
    ['greynoise', 'GreyNoise', letters(64)], ['otx alienvault', 'AlienVault OTX', hex(64)], ['urlscan', 'urlscan.io', UUID],
    ['censys', 'Censys', letters(32), UUID],
    ['aviationstack', 'Aviationstack', hex(32)], ['numverify', 'numverify', hex(32)], ['languagelayer', 'languagelayer', hex(32)],
    ['pdflayer', 'pdflayer', hex(32)], ['screenshotlayer', 'screenshotlayer', hex(32)], ['userstack', 'userstack', hex(32)], ['vatlayer', 'vatlayer', hex(32)],
    ['countrylayer', 'countrylayer', hex(32)],
    ['bitly', 'Bitly', hex(40)], ['rebrandly', 'Rebrandly', hex(32)], ['tinyurl', 'TinyURL', letters(60)], ['abstractapi abstract', 'Abstract', hex(32)],
    ['calendarific', 'Calendarific', letters(32)], ['spoonacular', 'Spoonacular', hex(32)], ['foursquare', 'Foursquare', upper(48), ['fsq3', run(BASE64, 43), '=']],
    ['companieshouse', 'Companies House', UUID], ['amadeus', 'Amadeus', letters(32)], ['nasa', 'NASA', letters(40)], ['datagov', 'Data.gov', letters(40)],
    ['walkscore', 'Walk Score', hex(32)], ['zipcodeapi', 'ZipCodeAPI', letters(64)], ['ticketmaster', 'Ticketmaster', letters(32)],
    ['oddsapi theoddsapi', 'The Odds API', hex(32)], ['sportmonks sportsmonk', 'Sportmonks', letters(60)], ['rawg', 'RAWG', hex(32)],
    ['steam', 'Steam', [run(UPPER_HEX, 32)]],
    ['wolfram wolframalpha', 'Wolfram Alpha', [run(UPPER_DIGITS, 6), '-', run(UPPER_DIGITS, 10)]],
  ]),
  ...services(SPENDS, [
    ['scraperapi', 'ScraperAPI', hex(32)], ['scrapingant', 'ScrapingAnt', hex(32)], ['scrapestack', 'Scrapestack', hex(32)],
    ['scrapfly', 'Scrapfly', ['scp-live-', run(HEX, 32)], hex(32)], ['webscraper', 'Web Scraper', letters(60)], ['proxycrawl crawlbase', 'Crawlbase', safe(22)],
    ['zenscrape', 'Zenscrape', UUID],
    ['brightdata luminati', 'Bright Data', UUID, hex(64)], ['diffbot', 'Diffbot', hex(32)], ['deepai', 'DeepAI', UUID], ['gladia', 'Gladia', UUID],
    ['vapi', 'Vapi', UUID], ['clarifai', 'Clarifai', hex(32)], ['monkeylearn', 'MonkeyLearn', hex(40)], ['deepl', 'DeepL', UUID, [...UUID, ':fx']],
    ['saucelabs sauce', 'Sauce Labs', UUID], ['cypress', 'Cypress', UUID], ['lambdatest', 'LambdaTest', letters(50)], ['percy', 'Percy', hex(64)],
    ['browshot', 'Browshot', letters(28)], ['apiflash', 'ApiFlash', hex(32)],
    ['screenshotapi', 'ScreenshotAPI', [run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7)]],
    ['restpack', 'Restpack', letters(48)], ['cloudmersive', 'Cloudmersive', UUID], ['cloudconvert', 'CloudConvert', letters(64)],
    ['imagga', 'Imagga', ['acc_', run(HEX, 15)], hex(32)], ['removebg', 'remove.bg', letters(24)], ['twocaptcha captcha2', '2Captcha', hex(32)],
  ]),
  ...services(SENDS, [
    ['mailerlite', 'MailerLite', hex(32)], ['getresponse', 'GetResponse', lower(32)], ['sendpulse', 'SendPulse', hex(32)], ['moosend', 'Moosend', UUID],
    ['emailoctopus', 'EmailOctopus', UUID, ['eo_', run(HEX, 64)]], ['pepipost', 'Pepipost', hex(32)], ['iterable', 'Iterable', hex(32)],
    ['sinch', 'Sinch', UUID, hex(32)],
    ['clicksend', 'ClickSend', [run(UPPER_HEX, 8), '-', run(UPPER_HEX, 4), '-', run(UPPER_HEX, 4), '-', run(UPPER_HEX, 4), '-', run(UPPER_HEX, 12)]],
    ['infobip', 'Infobip', [run(HEX, 32), '-', ...UUID]], ['bandwidth', 'Bandwidth', hex(48)], ['textmagic', 'Textmagic', letters(30)],
    ['clickatell', 'Clickatell', [run(BASE64, 22), '==']],
    ['smtp2go', 'SMTP2GO', ['api-', run(UPPER_DIGITS, 32)]], ['mailtrap', 'Mailtrap', hex(32)], ['zerobounce', 'ZeroBounce', hex(32)],
    ['mailboxlayer', 'mailboxlayer', hex(32)], ['neverbounce', 'NeverBounce', ['private_', run(HEX, 32)], ['secret_', run(HEX, 32)]],
    ['kickbox', 'Kickbox', ['live_', run(HEX, 64)]], ['omnisend', 'Omnisend', [run(HEX, 24), '-', run(BASE62, 50)]],
    ['manychat', 'ManyChat', [run(DIGITS, 6, 16), ':', run(HEX, 32)]], ['kakao kakaotalk', 'Kakao', hex(32)], ['vk vkontakte', 'VK', hex(85)],
    ['airship urbanairship', 'Airship', letters(22)],
  ]),
  ...services(WATCHES, [
    ['loggly', 'Loggly', UUID], ['logzio logz', 'Logz.io', letters(32), UUID], ['logentries insightops', 'Logentries', UUID], ['opsgenie', 'Opsgenie', UUID],
    ['rollbar', 'Rollbar', hex(32)], ['bugsnag', 'Bugsnag', hex(32), UUID], ['airbrake', 'Airbrake', hex(32), hex(40)],
    ['honeybadger', 'Honeybadger', letters(20), hex(40)], ['raygun', 'Raygun', [run(BASE64, 22), '=='], letters(22)],
    ['statuscake', 'StatusCake', letters(20)], ['statuspage', 'Statuspage', UUID, hex(32)], ['appoptics', 'AppOptics', safe(71)], ['librato', 'Librato', hex(64)],
    ['baremetal equinix packet', 'Equinix Metal', letters(32)], ['codacy', 'Codacy', letters(20), hex(32)], ['coveralls', 'Coveralls', letters(33), letters(37)],
    ['scrutinizer', 'Scrutinizer', hex(64)], ['bitbar', 'BitBar', letters(32)], ['blazemeter runscope', 'BlazeMeter', UUID], ['qase', 'Qase', hex(40), hex(64)],
    ['matomo piwik', 'Matomo', hex(32)], ['redash', 'Redash', letters(40)], ['zabbix', 'Zabbix', hex(64)], ['detectify', 'Detectify', hex(32)], ['cronitor', 'Cronitor', hex(32)],
    ['pingdom', 'Pingdom', safe(86)], ['healthchecks', 'Healthchecks', safe(32)], ['tenable nessus', 'Tenable', hex(64)], ['crowdstrike', 'CrowdStrike', letters(40)], ['sysdig', 'Sysdig', UUID],
    ['sentinelone', 'SentinelOne', letters(80)], ['rootly', 'Rootly', ['rootly_', run(HEX, 64)], hex(64)], ['firehydrant', 'FireHydrant', ['fhb-', run(HEX, 32)]], ['gotify', 'Gotify', safe(15)],
    ['rancher', 'Rancher', ['token-', run(LOWER_DIGITS, 5), ':', run(LOWER_DIGITS, 54)]], ['portainer', 'Portainer', ['ptr_', run(BASE64, 43), '=']], ['typesense', 'Typesense', letters(32)],
    ['codemagic', 'Codemagic', safe(43)], ['semaphore semaphoreci', 'Semaphore', hex(32), letters(20)],
  ]),
  ...services(PAYS, [
    ['payu', 'PayU', hex(32)], ['instamojo', 'Instamojo', hex(32)], ['bitpay', 'BitPay', letters(43, 44)],
    ['nowpayments', 'NOWPayments', [run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7), '-', run(UPPER_DIGITS, 7)]],
    ['recurly', 'Recurly', hex(32)], ['moonclerk', 'MoonClerk', hex(32)], ['privacycom privacy', 'Privacy.com', UUID],
  ]),
  ...services(USERS, [
    ['fusionauth', 'FusionAuth', safe(44), UUID], ['loginradius', 'LoginRadius', UUID],
    ['keygen', 'Keygen', ['prod-', run(HEX, 64), 'v3'], ['admin-', run(HEX, 64), 'v3']],
    ['meraki', 'Cisco Meraki', hex(40)], ['zerotier', 'ZeroTier', letters(32)], ['dnsimple', 'DNSimple', ['dnsimple_a_', run(BASE62, 32)], letters(32)],
    ['godaddy', 'GoDaddy', [run(BASE62, 10, 14), '_', run(BASE62, 20, 24)], letters(22)], ['namecheap', 'Namecheap', hex(32)],
    ['gandi', 'Gandi', letters(24), hex(40)], ['desec', 'deSEC', safe(28)],
  ]),
];
