import type { Module } from '../../../platform/module.js';
import { fillArchive } from './fill-archive.js';

/** What a newcomer finds on the pages of the made-up company's best customers. */
export const demoArchive: Module = { name: 'demo-archive', listeners: [fillArchive] };
