/** Nodes, indexers and wallets of chains. Wallet keys move everything; node keys spend what you pay for. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import { base58Check, base58CheckHolds, stellarCheckHolds, stellarSeed } from './checksum.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE32, BASE58, BASE62, BECH32, HEX, LOWER_DIGITS, UPPER_DIGITS, URL_SAFE, chars, randomBytes } from './random.ts';

const NODE: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'> = {
  role: 'token', can: ['spend', 'read'], opens: 'it uses the node on your account', rotate: 'Replace it in the dashboard',
};
const INDEX = { ...NODE, opens: 'it reads chain data on your account' };
const WALLET: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'> = {
  can: ['withdraw', 'trade', 'sign'], opens: 'it moves everything in the wallet', rotate: 'Move the funds to a new wallet',
};

export const CHAIN_DETECTORS: readonly Detector[] = [
  prefixed({ ...NODE, name: 'infura-url', title: 'Infura address with its key', provider: 'infura', formats: [[oneOf('.infura.io/v3/', '.infura.io/ws/v3/'), run(HEX, 32)]], source: 'Infura docs, endpoints: /v3/ and a key of 32 hex digits' }),
  named({ ...NODE, name: 'infura-key', title: 'Infura key', provider: 'infura', vendors: ['infura'], roles: ['projectid', 'project'], formats: [[run(HEX, 32)]], source: 'Infura docs, API keys: 32 hex digits', variables: ['INFURA_API_KEY', 'infura_project_secret', 'infuraApiKey'] }),
  prefixed({ ...NODE, name: 'alchemy-url', title: 'Alchemy address with its key', provider: 'alchemy', formats: [['.g.alchemy.com/v2/', run(URL_SAFE, 32)], ['.g.alchemy.com/v2/', run(URL_SAFE, 21)]], source: 'Alchemy docs, endpoints: /v2/ and a key of 32 (newer: 21) characters' }),
  named({ ...NODE, name: 'alchemy-key', title: 'Alchemy key', provider: 'alchemy', vendors: ['alchemy'], formats: [[run(URL_SAFE, 32)]], source: 'Alchemy docs, API keys; observed: 32 url-safe characters' }),
  prefixed({ ...NODE, name: 'alchemy-auth-token', title: 'Alchemy notify token', provider: 'alchemy', can: ['write', 'read'], opens: 'it changes your webhooks', formats: [['alcht_', run(BASE62, 30)]], source: 'Other scanners: alcht_ and 30 letters and digits' }),
  named({ ...INDEX, name: 'etherscan-key', title: 'Etherscan key', provider: 'etherscan', vendors: ['etherscan', 'bscscan', 'polygonscan', 'arbiscan', 'snowtrace', 'basescan', 'ftmscan', 'optimism', 'optimistic', 'scan'], formats: [[run(UPPER_DIGITS, 34)]], source: 'Etherscan docs, API keys; observed: 34 capitals and digits' }),
  named({ ...INDEX, name: 'moralis-key', title: 'Moralis key', provider: 'moralis', vendors: ['moralis'], formats: [[run(BASE62, 64)]], source: 'Moralis docs; observed: 64 letters and digits, newer ones are web tokens' }),
  named({ ...NODE, name: 'helius-key', title: 'Helius key', provider: 'helius', vendors: ['helius'], formats: [UUID_PARTS], source: 'Helius docs, endpoints (api-key: a UUID)' }),
  prefixed({ ...NODE, name: 'helius-url', title: 'Helius address with its key', provider: 'helius', formats: [[oneOf('.helius-rpc.com/?api-key=', '.helius.xyz/?api-key='), ...UUID_PARTS]], source: 'Helius docs, endpoints: ?api-key= and a UUID' }),
  prefixed({ ...NODE, name: 'quicknode-url', title: 'QuickNode address with its key', provider: 'quicknode', formats: [['.quiknode.pro/', run(HEX, 40)]], source: 'QuickNode docs, endpoints: quiknode.pro/ and 40 hex digits' }),
  prefixed({ ...NODE, name: 'ankr-url', title: 'Ankr address with its key', provider: 'ankr', formats: [['rpc.ankr.com/', run(`${LOWER_DIGITS}_`, 2, 30), '/', run(HEX, 64)]], source: 'Ankr docs, advanced endpoints: chain and 64 hex digits' }),
  prefixed({ ...NODE, name: 'chainstack-url', title: 'Chainstack address with its key', provider: 'chainstack', formats: [[oneOf('.core.chainstack.com/', '.p2pify.com/'), run(HEX, 32)]], source: 'Chainstack docs, endpoints: 32 hex digits' }),
  prefixed({ ...NODE, name: 'getblock-url', title: 'GetBlock address with its key', provider: 'getblock', formats: [['go.getblock.io/', run(HEX, 32)]], source: 'GetBlock docs, access tokens: go.getblock.io/ and 32 hex digits' }),
  prefixed({ ...NODE, name: 'blockfrost-project-id', title: 'Blockfrost project id', provider: 'blockfrost', formats: [[oneOf('mainnet', 'preprod', 'preview', 'testnet'), run(BASE62, 32)]], source: 'Blockfrost docs: network name and 32 letters and digits' }),
  prefixed({ ...INDEX, name: 'covalent-key', title: 'Covalent key', provider: 'covalent', formats: [[oneOf('cqt_rQ', 'cqt_wF'), run(BASE62, 26)], ['ckey_', run(HEX, 27)]], source: 'Covalent docs, API keys: cqt_rQ or cqt_wF and 26 characters; older: ckey_ and 27 hex digits' }),
  prefixed({ ...INDEX, name: 'ory-access-token', title: 'Bitquery (Ory) access token', provider: 'bitquery', formats: [['ory_at_', run(URL_SAFE, 43), '.', run(URL_SAFE, 43)]], source: 'Ory Hydra docs and Bitquery docs: ory_at_ and two parts of 43 characters' }),
  named({ ...INDEX, name: 'dune-key', title: 'Dune key', provider: 'dune', vendors: ['dune'], formats: [[run(BASE62, 32)]], source: 'Dune API docs; observed: 32 letters and digits' }),
  named({ ...INDEX, name: 'the-graph-key', title: 'The Graph key', provider: 'the-graph', vendors: ['thegraph', 'subgraph'], formats: [[run(HEX, 32)]], source: 'The Graph docs, API keys: 32 hex digits' }),
  prefixed({ ...INDEX, name: 'the-graph-url', title: 'The Graph address with its key', provider: 'the-graph', formats: [[oneOf('gateway.thegraph.com/api/', 'gateway-arbitrum.network.thegraph.com/api/'), run(HEX, 32)]], source: 'The Graph docs, gateway addresses: /api/ and 32 hex digits' }),
  named({ ...INDEX, name: 'blockcypher-token', title: 'BlockCypher token', provider: 'blockcypher', vendors: ['blockcypher'], formats: [[run(HEX, 32)]], source: 'BlockCypher docs (sample token of 32 hex digits)' }),
  prefixed({ ...NODE, name: 'tatum-key', title: 'Tatum key', provider: 'tatum', formats: [['t-', run(HEX, 24), '-', run(HEX, 24)]], source: 'Tatum docs, API keys; observed: t- and two groups of 24 hex digits' }),
  named({ ...INDEX, name: 'one-inch-key', title: '1inch key', provider: '1inch', vendors: ['1inch', 'oneinch'], formats: [[run(BASE62, 32)]], source: '1inch developer portal; observed: 32 letters and digits', variables: ['ONEINCH_API_KEY', 'oneinch_token', 'oneinchApiKey'] }),
  named({ ...INDEX, name: 'zero-ex-key', title: '0x key', provider: '0x', vendors: ['zeroex', 'zerox', '0x'], formats: [UUID_PARTS], source: '0x API docs (0x-api-key: a UUID)' }),
  named({ ...INDEX, name: 'opensea-key', title: 'OpenSea key', provider: 'opensea', vendors: ['opensea'], formats: [[run(HEX, 32)]], source: 'OpenSea API docs (X-API-KEY); observed: 32 hex digits' }),
  named({ ...NODE, name: 'tenderly-key', title: 'Tenderly key', provider: 'tenderly', can: ['write', 'read'], vendors: ['tenderly'], formats: [[run(URL_SAFE, 32)]], source: 'Tenderly docs, access keys; observed: 32 url-safe characters' }),
  named({ ...NODE, name: 'nownodes-key', title: 'NOWNodes key', provider: 'nownodes', vendors: ['nownodes', 'blocknative', 'nftport', 'drpc'], formats: [UUID_PARTS], source: 'NOWNodes, Blocknative and NFTPort docs; other scanners: a UUID' }),
  named({ ...INDEX, name: 'ethplorer-key', title: 'Ethplorer key', provider: 'ethplorer', vendors: ['ethplorer'], formats: [['EK-', run(BASE62, 5), '-', run(BASE62, 7), '-', run(BASE62, 5)]], source: 'Ethplorer docs: EK- and groups of 5, 7 and 5 characters' }),
  named({ ...WALLET, name: 'thirdweb-secret-key', title: 'thirdweb secret key', provider: 'thirdweb', opens: 'it signs with your backend wallets', rotate: 'Revoke it under Settings, API keys', vendors: ['thirdweb'], role: 'secret', formats: [[run(URL_SAFE, 86)]], source: 'thirdweb docs, API keys; observed: 86 url-safe characters' }),
  prefixed({ ...WALLET, name: 'circle-api-key', title: 'Circle API key', provider: 'circle', can: ['pay', 'withdraw', 'read'], opens: 'it moves USDC from your account', rotate: 'Revoke it in the console', formats: [[oneOf('LIVE_API_KEY:', 'TEST_API_KEY:'), run(HEX, 32), ':', run(HEX, 32)]],
    source: 'Circle developer docs: environment, id and secret joined by colons', severity: 'error' }),
  named({ ...WALLET, name: 'bitcoin-private-key', title: 'Bitcoin private key', provider: 'bitcoin', vendors: ['wif', 'private', 'privkey', 'privatekey', 'bitcoin', 'btc'], role: 'secret', roles: ['wif', 'privkey', 'key'],
    formats: [[oneOf('K', 'L'), run(BASE58, 51)], ['5', run(BASE58, 50)]], source: 'Bitcoin wallet import format: base 58 with a double SHA-256 check', check: base58CheckHolds, variables: ['BTC_PRIVATE_KEY', 'wif_private_key', 'bitcoinPrivateKey'],
    make: (random) => base58Check(Uint8Array.of(0x80, ...randomBytes(random, 32), 1)),
    misses: (random) => [{ why: 'wrong check', variable: 'btc_private_key', value: `K${chars(random, BASE58, 51)}` }] }),
  prefixed({ ...WALLET, name: 'extended-private-key', title: 'Extended private key', provider: 'bitcoin', opens: 'it moves everything in every account of the wallet', formats: [[oneOf('xprv', 'yprv', 'zprv', 'tprv'), run(BASE58, 107)]], source: 'BIP-32, serialization format: xprv and 107 signs of base 58' }),
  named({ ...WALLET, name: 'stellar-secret-seed', title: 'Stellar secret seed', provider: 'stellar', vendors: ['stellar', 'secret', 'seed', 'xlm'], role: 'secret', roles: ['seed', 'secretseed', 'key'], formats: [['S', run(BASE32, 55)]], check: stellarCheckHolds,
    source: 'Stellar SEP-23: S, base 32 with a CRC-16', variables: ['STELLAR_SECRET_SEED', 'stellar_secret', 'stellarSecretKey'], make: (random) => stellarSeed(randomBytes(random, 32)) }),
  named({ ...WALLET, name: 'solana-private-key', title: 'Solana private key', provider: 'solana', vendors: ['solana', 'sol', 'phantom', 'private', 'wallet', 'secret'], role: 'secret', roles: ['key', 'keypair', 'pk'], formats: [[run(BASE58, 87, 88)]], source: 'Solana keypairs as Phantom exports them: base 58 of 64 bytes',
    variables: ['SOLANA_PRIVATE_KEY', 'phantom_secret_key', 'solanaPrivateKey'], not: ['signature', 'sig', 'tx', 'txid'] }),
  named({ ...WALLET, name: 'xrp-seed', title: 'XRP seed', provider: 'xrp', vendors: ['xrp', 'xrpl', 'ripple'], role: 'secret', roles: ['seed', 'key', 'walletseed'], formats: [['s', run(BASE58, 28)]], source: 'XRP Ledger docs, base 58 encodings: s and 28 signs', variables: ['XRP_SEED', 'xrpl_wallet_seed', 'rippleSecret'] }),
  prefixed({ ...WALLET, name: 'tezos-secret-key', title: 'Tezos secret key', provider: 'tezos', formats: [['edsk', run(BASE58, 50)], ['edsk', run(BASE58, 94)], ['edesk1', run(BASE58, 82)]], source: 'Tezos docs, base 58 prefixes: edsk and 50 or 94 signs' }),
  prefixed({ ...WALLET, name: 'sui-private-key', title: 'Sui private key', provider: 'sui', formats: [['suiprivkey1', run(BECH32, 59)]], source: 'Sui docs, SIP-15: suiprivkey1 and bech32 of 33 bytes' }),
  prefixed({ ...WALLET, name: 'cardano-signing-key', title: 'Cardano signing key', provider: 'cardano', formats: [[oneOf('ed25519_sk1', 'ed25519e_sk1', 'addr_sk1', 'root_xsk1', 'acct_xsk1', 'addr_xsk1'), run(BECH32, 58, 180)]], source: 'Cardano CIP-5, prefixes of secret keys: bech32' }),
  prefixed({ ...WALLET, name: 'nostr-secret-key', title: 'Nostr secret key', provider: 'nostr', can: ['send', 'sign'], opens: 'it writes and pays in your name', rotate: 'Move to a new key', formats: [['nsec1', run(BECH32, 58)]], source: 'Nostr NIP-19: nsec1 and bech32 of 32 bytes' }),
];
