/** `check`: every static rule over files, with the verdict that decides the exit code. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Finding, Gate, Severity } from '../findings/finding.ts';
import type { CheckResult, CheckedFinding } from '../findings/result.ts';
import { writeBaseline } from '../rules/baseline.ts';
import { ConfigSet } from '../workspace/config-file.ts';
import { Project } from '../workspace/project.ts';
import { baselinePath, prepareState } from '../workspace/state.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { type FixedFile, fixFiles } from './fix.ts';
import { defineOperation, type Operation, type OperationContext, type Outcome } from './operation.ts';
import { didYouMean } from './suggest.ts';
import { type Target, findTarget, inScope } from './target.ts';
