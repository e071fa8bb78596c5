import { SankeyChart } from 'echarts/charts';

/** Drawn only here: fetched with the first picture of moves. */
export default [SankeyChart];
