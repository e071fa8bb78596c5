import './ui/base.css';
import { start } from './app/start.js';

const element = document.getElementById('root');
if (element) await start(element);
