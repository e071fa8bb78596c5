import './import-kinds.js';
import { giveWindows } from './intake/imports/index.js';

// Reads the files of imports, one after another.
giveWindows();
