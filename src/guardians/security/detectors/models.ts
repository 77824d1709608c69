/** Model providers and what is built around them: keys that others run up your bill with. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE62, BASE64, HEX, LOWER_DIGITS, URL_SAFE, chars, mixed } from './random.ts';

type Words = Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'>;
const SPENDS: Words = { role: 'token', can: ['spend', 'read'], opens: 'it spends on your account', rotate: 'Revoke it under API keys' };
const TRACES: Words = { ...SPENDS, can: ['write', 'read'], opens: 'it reads your prompts and traces' };
const WEB: Words = { ...SPENDS, opens: 'it searches and scrapes on your account' };
const RUNS: Words = { ...SPENDS, can: ['deploy', 'spend', 'read'], opens: 'it runs machines on your account' };

export const MODEL_DETECTORS: readonly Detector[] = [
  {
    kind: 'shape', name: 'openai-key', title: 'OpenAI key', provider: 'openai', can: ['spend', 'read'], opens: 'it spends on your account', rotate: 'Revoke it under API keys',
    source: 'Observed in public code and other scanners: sk-…, with T3BlbkFJ (base 64 of OpenAI) in the middle', prefix: 'sk-', severity: 'error', keywords: ['sk-'],
    pattern: /(?<![A-Za-z0-9_-])sk-(?!ant-)[A-Za-z0-9_-]{48,240}(?![A-Za-z0-9_-])/y, before: 0, decisive: false,
    check: (value) => value.indexOf('T3BlbkFJ') > 16,
    sample: (random) => random() < 0.5 ? `sk-proj-${mixed(random, URL_SAFE, 74)}T3BlbkFJ${mixed(random, URL_SAFE, 73)}x` : `sk-${mixed(random, BASE62, 20)}T3BlbkFJ${mixed(random, BASE62, 20)}`,
    nearMisses: (random) => [
      { why: 'no marker inside', variable: 'value', value: `sk-${chars(random, BASE62, 48)}` },
      { why: 'a page anchor', variable: 'link', value: 'sk-learn-preprocessing-standard-scaler-and-friends-of-it' },
    ],
  },
  named({ ...SPENDS, name: 'openai-like-key', title: 'Model API key', provider: 'openai', vendors: ['openai', 'gpt', 'chatgpt', 'moonshot', 'kimi', 'stability', 'siliconflow', 'llm', 'azure'], formats: [['sk-', run(BASE62, 48)]], source: 'OpenAI (older), Moonshot, Stability and SiliconFlow docs; observed: sk- and 48 letters and digits' }),
  named({ ...SPENDS, name: 'deepseek-key', title: 'DeepSeek or Qwen key', provider: 'deepseek', vendors: ['deepseek', 'dashscope', 'qwen', 'tongyi', 'bailian', 'aliyun', 'litellm', 'llm'], formats: [['sk-', run(HEX, 32)]], source: 'DeepSeek and DashScope docs; observed: sk- and 32 hex digits' }),
  prefixed({ ...SPENDS, name: 'anthropic-key', title: 'Anthropic key', provider: 'anthropic', rotate: 'Delete it in the console', formats: [[oneOf('sk-ant-api03-', 'sk-ant-admin01-', 'sk-ant-oat01-', 'sk-ant-ort01-', 'sk-ant-sid01-', 'sk-ant-sid02-'), run(URL_SAFE, 93), 'AA']],
    source: 'Observed in public code and other scanners: sk-ant-api03-, -admin01-, -oat01- or -sid01-, 93 characters, AA', misses: (random) => [{ why: 'wrong end', variable: 'value', value: `sk-ant-api03-${chars(random, URL_SAFE, 93)}ZZ` }] }),
  prefixed({ ...SPENDS, name: 'openrouter-key', title: 'OpenRouter key', provider: 'openrouter', opens: 'it spends your credits', rotate: 'Delete it under Keys', formats: [['sk-or-v1-', run(HEX, 64)]], source: 'Observed in public code and other scanners: sk-or-v1- and 64 hex digits' }),
  prefixed({ ...SPENDS, name: 'groq-key', title: 'Groq key', provider: 'groq', formats: [['gsk_', run(BASE62, 52)]], source: 'Groq docs, API keys; observed: gsk_ and 52 letters and digits' }),
  prefixed({ ...SPENDS, name: 'xai-key', title: 'xAI key', provider: 'xai', formats: [['xai-', run(BASE62, 80)]], source: 'xAI docs, API keys; observed: xai- and 80 letters and digits' }),
  prefixed({ ...SPENDS, name: 'perplexity-key', title: 'Perplexity key', provider: 'perplexity', formats: [['pplx-', run(BASE62, 48)]], source: 'Perplexity docs; observed: pplx- and 48 letters and digits' }),
  named({ ...SPENDS, name: 'mistral-key', title: 'Mistral key', provider: 'mistral', vendors: ['mistral', 'mistralai', 'codestral'], formats: [[run(BASE62, 32)]], source: 'Mistral docs, API keys; observed: 32 letters and digits' }),
  named({ ...SPENDS, name: 'cohere-key', title: 'Cohere key', provider: 'cohere', vendors: ['cohere'], formats: [[run(BASE62, 40)]], source: 'Cohere docs, API keys; observed: 40 letters and digits' }),
  prefixed({ ...SPENDS, name: 'replicate-token', title: 'Replicate token', provider: 'replicate', formats: [['r8_', run(BASE62, 37)]], source: 'Replicate docs, API tokens: r8_ and 37 characters, 40 in all' }),
  named({ ...SPENDS, name: 'zhipu-key', title: 'Zhipu (Z.ai) key', provider: 'zhipu', vendors: ['zhipu', 'zhipuai', 'bigmodel', 'glm', 'zai', 'chatglm'], formats: [[run(HEX, 32), '.', run(BASE62, 16)]], source: 'Zhipu open platform docs: 32 hex digits, a dot, 16 letters and digits' }),
  prefixed({ ...SPENDS, name: 'hugging-face-token', title: 'Hugging Face token', provider: 'hugging-face', can: ['write', 'spend', 'read'], opens: 'it reads and writes your models', rotate: 'Revoke it under Access Tokens', formats: [[oneOf('hf_', 'api_org_'), run(BASE62, 34)]], source: 'Hugging Face docs, user access tokens: hf_ and 34 letters; api_org_ for organisations',
    check: (value) => /[a-z]/.test(value.slice(8)) && /[A-Z]/.test(value.slice(8)) }),
  prefixed({ ...SPENDS, name: 'elevenlabs-key', title: 'ElevenLabs key', provider: 'elevenlabs', formats: [['sk_', run(HEX, 48)]], source: 'ElevenLabs docs, API keys; observed: sk_ and 48 hex digits' }),
  named({ ...SPENDS, name: 'assemblyai-key', title: 'AssemblyAI key', provider: 'assemblyai', vendors: ['assemblyai', 'assembly'], formats: [[run(LOWER_DIGITS, 32)]], source: 'AssemblyAI docs; observed: 32 small letters and digits' }),
  named({ ...SPENDS, name: 'deepgram-key', title: 'Deepgram key', provider: 'deepgram', vendors: ['deepgram', 'dg'], formats: [[run(LOWER_DIGITS, 40)]], source: 'Deepgram docs; observed: 40 hex digits' }),
  prefixed({ ...SPENDS, name: 'fireworks-key', title: 'Fireworks key', provider: 'fireworks', formats: [['fw_', run(BASE62, 22, 24)]], source: 'Fireworks docs, API keys; observed: fw_ and 22–24 letters and digits' }),
  prefixed({ ...SPENDS, name: 'together-key', title: 'Together AI key', provider: 'together', formats: [['tgp_v1_', run(URL_SAFE, 43)]], source: 'Together docs; observed: tgp_v1_ and 43 url-safe characters' }),
  named({ ...SPENDS, name: 'together-old-key', title: 'Together AI key', provider: 'together', vendors: ['together', 'togetherai'], formats: [[run(HEX, 64)]], source: 'Together docs (older keys); observed: 64 hex digits' }),
  prefixed({ ...SPENDS, name: 'cerebras-key', title: 'Cerebras key', provider: 'cerebras', formats: [['csk-', run(LOWER_DIGITS, 48)]], source: 'Cerebras docs; observed: csk- and 48 small letters and digits' }),
  prefixed({ ...SPENDS, name: 'nvidia-key', title: 'NVIDIA key', provider: 'nvidia', formats: [['nvapi-', run(URL_SAFE, 64)]], source: 'NVIDIA NIM docs; observed: nvapi- and 64 url-safe characters' }),
  prefixed({ ...SPENDS, name: 'anyscale-key', title: 'Anyscale key', provider: 'anyscale', formats: [['esecret_', run(LOWER_DIGITS, 26)]], source: 'Anyscale docs; observed: esecret_ and 26 small letters and digits' }),
  named({ ...SPENDS, name: 'sambanova-key', title: 'SambaNova or Ark key', provider: 'sambanova', vendors: ['sambanova', 'ark', 'volc', 'doubao', 'exa', 'parallel'], formats: [UUID_PARTS], not: ['id', 'client', 'user'], source: 'SambaNova, Volcengine Ark and Exa docs; observed: a UUID' }),
  named({ ...SPENDS, name: 'deepinfra-key', title: 'DeepInfra key', provider: 'deepinfra', vendors: ['deepinfra', 'lepton', 'hyperbolic'], formats: [[run(BASE62, 32)]], source: 'DeepInfra docs; observed: 32 letters and digits' }),
  named({ ...SPENDS, name: 'voyage-key', title: 'Voyage AI key', provider: 'voyage', vendors: ['voyage', 'voyageai'], formats: [['pa-', run(URL_SAFE, 43)]], source: 'Voyage AI docs; observed: pa- and 43 url-safe characters' }),
  prefixed({ ...SPENDS, name: 'jina-key', title: 'Jina key', provider: 'jina', formats: [['jina_', run(HEX, 32), run(URL_SAFE, 28)]], source: 'Jina docs; observed: jina_, 32 hex digits and 28 characters' }),
  prefixed({ ...WEB, name: 'tavily-key', title: 'Tavily key', provider: 'tavily', formats: [[oneOf('tvly-', 'tvly-dev-', 'tvly-prod-'), run(BASE62, 32)]], source: 'Tavily docs: tvly- and 32 letters and digits' }),
  named({ ...WEB, name: 'serper-key', title: 'Serper key', provider: 'serper', vendors: ['serper', 'serperdev'], formats: [[run(HEX, 40)]], source: 'Serper docs; observed: 40 hex digits' }),
  named({ ...WEB, name: 'serpapi-key', title: 'SerpApi key', provider: 'serpapi', vendors: ['serpapi', 'serp'], formats: [[run(HEX, 64)]], source: 'SerpApi docs; observed: 64 hex digits' }),
  prefixed({ ...WEB, name: 'firecrawl-key', title: 'Firecrawl key', provider: 'firecrawl', formats: [['fc-', run(HEX, 32)]], source: 'Firecrawl docs: fc- and 32 hex digits' }),
  named({ ...WEB, name: 'brave-search-key', title: 'Brave Search key', provider: 'brave', vendors: ['brave', 'bravesearch'], formats: [['BSA', run(URL_SAFE, 28)]], source: 'Brave Search API docs; observed: BSA and 28 url-safe characters' }),
  prefixed({ ...WEB, name: 'apify-token', title: 'Apify token', provider: 'apify', formats: [['apify_api_', run(BASE62, 34, 36)]], source: 'Apify docs, API tokens: apify_api_ and 34–36 letters and digits' }),
  prefixed({ ...RUNS, name: 'e2b-key', title: 'E2B key', provider: 'e2b', formats: [['e2b_', run(HEX, 40)]], source: 'E2B docs, API keys: e2b_ and 40 hex digits' }),
  named({ ...RUNS, name: 'modal-token', title: 'Modal token', provider: 'modal', vendors: ['modal'], formats: [[oneOf('as-', 'ak-'), run(BASE62, 22)]], roles: ['tokensecret', 'tokenid'], source: 'Modal docs, tokens: ak- and as-, 22 letters and digits', variables: ['MODAL_TOKEN_SECRET', 'modal_token', 'modalTokenSecret'] }),
  prefixed({ ...RUNS, name: 'runpod-key', title: 'RunPod key', provider: 'runpod', formats: [['rpa_', run(BASE62, 40, 46)]], source: 'RunPod docs; observed: rpa_ and 40–46 letters and digits' }),
  named({ ...TRACES, name: 'wandb-key', title: 'Weights & Biases key', provider: 'wandb', can: ['write', 'read'], opens: 'it reads and writes your experiments', vendors: ['wandb', 'weightsandbiases'], formats: [[run(HEX, 40)], ['local-', run(HEX, 40)]], source: 'Weights & Biases docs, API keys: 40 hex digits' }),
  prefixed({ ...TRACES, name: 'wandb-v1-key', title: 'Weights & Biases key', provider: 'wandb', opens: 'it reads and writes your experiments', formats: [['wandb_v1_', run(`${BASE62}_`, 70, 90)]], source: 'Weights & Biases docs, API keys since 2025: wandb_v1_ and 77 characters' }),
  prefixed({ ...TRACES, name: 'neptune-token', title: 'Neptune token', provider: 'neptune', opens: 'it reads and writes your experiments', formats: [['eyJhcGlfYWRkcmVzcyI6', run(`${BASE64}=`, 80, 400)]], source: 'Neptune docs, API tokens: base 64 of an object that begins with api_address' }),
  prefixed({ ...TRACES, name: 'langsmith-key', title: 'LangSmith key', provider: 'langsmith', formats: [[oneOf('lsv2_pt_', 'lsv2_sk_'), run(HEX, 32), '_', run(HEX, 10)], ['ls__', run(HEX, 32)]], source: 'LangSmith docs: lsv2_pt_ or lsv2_sk_, 32 and 10 hex digits; older: ls__ and 32' }),
  prefixed({ ...TRACES, name: 'langfuse-key', title: 'Langfuse secret key', provider: 'langfuse', formats: [['sk-lf-', ...UUID_PARTS]], source: 'Langfuse docs: sk-lf- and a UUID' }),
  prefixed({ ...TRACES, name: 'helicone-key', title: 'Helicone key', provider: 'helicone', formats: [[oneOf('sk-helicone-', 'sk-helicone-eu-'), run(LOWER_DIGITS, 7), '-', run(LOWER_DIGITS, 7), '-', run(LOWER_DIGITS, 7), '-', run(LOWER_DIGITS, 7)]], source: 'Helicone docs: sk-helicone- and four groups of 7 characters' }),
  prefixed({ ...RUNS, name: 'runway-key', title: 'Runway key', provider: 'runway', formats: [['key_', run(HEX, 128)]], source: 'Runway docs: key_ and 128 hex digits' }),
  prefixed({ ...SPENDS, name: 'cursor-key', title: 'Cursor key', provider: 'cursor', formats: [['key_', run(HEX, 64)], ['crsr_', run(HEX, 64)]], source: 'Cursor docs, API keys; observed: key_ or crsr_ and 64 hex digits' }),
  named({ ...RUNS, name: 'fal-key', title: 'fal key', provider: 'fal', vendors: ['fal'], formats: [[...UUID_PARTS, ':', run(HEX, 32)]], source: 'fal docs, FAL_KEY: a UUID, a colon, 32 hex digits' }),
  prefixed({ ...SPENDS, name: 'coze-token', title: 'Coze token', provider: 'coze', formats: [['pat_', run(BASE62, 64)]], source: 'Coze docs, personal access tokens; observed: pat_ and 64 letters and digits' }),
  named({ ...SPENDS, name: 'dify-key', title: 'Dify key', provider: 'dify', vendors: ['dify'], formats: [[oneOf('app-', 'dataset-'), run(BASE62, 24)]], source: 'Dify docs, API keys: app- or dataset- and 24 letters and digits' }),
  prefixed({ ...SPENDS, name: 'llamacloud-key', title: 'LlamaCloud key', provider: 'llamaindex', formats: [['llx-', run(BASE62, 48)]], source: 'LlamaCloud docs; observed: llx- and 48 letters and digits' }),
  prefixed({ ...SPENDS, name: 'mem0-key', title: 'Mem0 key', provider: 'mem0', can: ['write', 'read'], opens: 'it reads and writes your memories', formats: [['m0-', run(BASE62, 40)]], source: 'Mem0 docs; observed: m0- and 40 letters and digits' }),
  named({ ...SPENDS, name: 'scale-key', title: 'Scale AI key', provider: 'scale', vendors: ['scale', 'scaleai', 'scaleapi'], formats: [[oneOf('live_', 'test_'), run(HEX, 32)]], source: 'Scale docs, API keys: live_ or test_ and 32 hex digits' }),
  named({ ...RUNS, name: 'baseten-key', title: 'Baseten key', provider: 'baseten', vendors: ['baseten'], formats: [[run(BASE62, 8), '.', run(BASE62, 32)]], source: 'Baseten docs, API keys: 8 and 32 letters and digits joined by a dot' }),
  named({ ...SPENDS, name: 'roboflow-key', title: 'Roboflow key', provider: 'roboflow', vendors: ['roboflow'], formats: [[run(BASE62, 20)]], source: 'Roboflow docs; observed: 20 letters and digits' }),
  named({ ...SPENDS, name: 'ai21-key', title: 'AI21 key', provider: 'ai21', vendors: ['ai21', 'ai21studio'], formats: [[run(BASE62, 32)], UUID_PARTS], source: 'AI21 Studio docs; other scanners: 32 letters and digits, or a UUID' }),
  named({ ...WEB, name: 'scrapingbee-key', title: 'ScrapingBee key', provider: 'scrapingbee', vendors: ['scrapingbee'], formats: [[run(BASE62, 80)]], source: 'ScrapingBee docs; observed: 80 capitals and digits' }),
  named({ ...WEB, name: 'zenrows-key', title: 'ZenRows key', provider: 'zenrows', vendors: ['zenrows'], formats: [[run(HEX, 40)]], source: 'ZenRows docs; observed: 40 hex digits' }),
  prefixed({ ...WEB, name: 'rapidapi-key', title: 'RapidAPI key', provider: 'rapidapi', formats: [[run(LOWER_DIGITS, 10), 'msh', run(LOWER_DIGITS, 15), 'p1', run(LOWER_DIGITS, 6), 'jsn', run(LOWER_DIGITS, 12)]], source: 'RapidAPI docs (X-RapidAPI-Key); observed: 50 characters with msh, p1 and jsn inside' }),
  named({ ...WEB, name: 'rapidapi-plain-key', title: 'RapidAPI key', provider: 'rapidapi', vendors: ['rapidapi'], formats: [[run(URL_SAFE, 50)]], source: 'Other scanners: 50 characters' }),
];
