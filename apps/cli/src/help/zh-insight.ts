/** Help in Chinese: value, churn, models. */
export default {
  'say who will leave: learnt from a label, or from the silence in files of orders':
    '预测谁会流失：从标签里学，或从订单文件里的静默学',
  'a table with a label, or orders: .csv, .csv.gz, .tsv, .txt, .xlsx, .parquet (orders)':
    '带标签的表，或订单：.csv、.csv.gz、.tsv、.txt、.xlsx、.parquet（订单）',
  'column that says who left; without it the files hold orders': '写明谁流失了的列；不给就按订单文件读',
  'value of the label for those who left, where the words do not say it': '看不出来时，标签里哪个值表示流失',
  'columns to learn from, with commas between them, or all': '用哪些列来学，用逗号隔开，或 all',
  'column that names the customer (default: the one that names each row, else the row number)':
    '客户编号的列（默认：每行都不同的那一列，没有就用行号）',
  'logistic, gbdt or auto': 'logistic、gbdt 或 auto',
  'judge on every n-th row': '每 n 行留一行来检验',
  'judge on a share of the rows, drawn by the seed (default: 0.2)':
    '按种子抽出这个比例的行来检验（默认：0.2）',
  'the same seed gives the same bytes': '种子相同，结果逐字节相同',
  'orders: gone is who does not order for so long (default: by their rhythm)':
    '订单：多少天不下单算流失（默认：按客户自己的节奏）',
  'orders: day the figures are true for, yyyy-mm-dd (default: last order day)':
    '订单：数字以哪天为准，年-月-日（默认：最后一个下单日）',
  'orders: column of the customer id': '订单：客户编号的列',
  'orders: column of the order date': '订单：下单日期的列',
  'orders: column of the amount of the line': '订单：行金额的列',
  'orders: column of the quantity, with --unit-price': '订单：数量的列，与 --unit-price 同用',
  'orders: column of the price of one piece': '订单：单价的列',
  'orders: dmy or mdy where day and month cannot be told apart': '订单：日和月分不清时写 dmy 或 mdy',
  'orders: zone in which instants become days': '订单：按哪个时区算日期',
  'orders: utf-8, gb18030, big5, utf-16le or utf-16be; found out when left out':
    '订单：utf-8、gb18030、big5、utf-16le 或 utf-16be；不写就自动识别',
  'orders: worksheet of an .xlsx': '订单：.xlsx 的工作表',
  '.csv, .parquet or .xlsx, one row a customer: probability, tenth, three reasons':
    '.csv、.parquet 或 .xlsx，每位客户一行：流失机会、十分位、三条原因',
  'orders: rows that were not accepted, as CSV': '订单：没有收下的行，写成 CSV',
  'keep the model as JSON': '把模型存成 JSON',
  'learn nothing; score the file with a model that was kept': '不再学习，用存下的模型给文件打分',
  'fit any model to a file, and ask it': '用文件拟合任意一个模型，再用它预测',
  'models there are, and the columns each of them needs': '有哪些模型，各要哪些列',
  'fit a model to the columns of a file and print it as JSON': '用文件里的列拟合一个模型，以 JSON 给出',
  'the curves of a fitted model: retention, survival, orders of a new customer; one JSON object a line':
    '拟合好的模型的曲线：留存、生存、新客户的订单数；每行一个 JSON 对象',
  'ask a fitted model about customers: one JSON object a line for each row':
    '用拟合好的模型逐个预测客户：每行数据一个 JSON 对象',
  'a model of the list': '列表里的一个模型',
  '.csv, .csv.gz, .tsv or .xlsx with a header': '有表头的 .csv、.csv.gz、.tsv 或 .xlsx',
  'column of lifetimes (kaplan-meier, cox)': '存续时长的列（kaplan-meier、cox）',
  'column that says whether the end was seen: 1 or 0, or two words (kaplan-meier, cox, hazard)':
    '是否看到了结束的列：1 或 0，或两个词（kaplan-meier、cox、hazard）',
  'column of customers (hazard): one row for each customer and period':
    '客户的列（hazard）：每位客户每期一行',
  'column of periods from 1 on (hazard)': '期数的列，从 1 开始（hazard）',
  'how the risk goes with the period: log, each or constant (hazard)':
    '风险随期数怎样变：log、each 或 constant（hazard）',
  'column to learn (logistic, gbdt): 1 or 0, or two words': '要学的列（logistic、gbdt）：1 或 0，或两个词',
  'keep every n-th row for the judgement of the model': '每 n 行留一行来检验模型',
  'number of clusters (kmeans; default: by silhouette)': '分成几群（kmeans；默认：按轮廓系数）',
  'column of segments: a fit for each of them, small ones leaning on all':
    '分组的列：每组各自拟合，小组借用全体',
  'columns that the parameters depend on, with commas between them': '参数随哪些列而变，用逗号隔开',
  'penalty on effects of covariates and features (default 0)': '对协变量和特征的影响的惩罚（默认 0）',
  'phases to an order interval (bg-cnbd-k, mbg-cnbd-k)': '一个下单间隔分几段（bg-cnbd-k、mbg-cnbd-k）',
  'JSON of a fit, or a model written by hand': '拟合得到的 JSON，或手写的模型',
  'time units, or periods, to draw': '画多少个时间单位或期数',
  'JSON of a fit, or { "name": "bg-nbd", "parameters": { ... } } written by hand':
    '拟合得到的 JSON，或手写的 { "name": "bg-nbd", "parameters": { ... } }',
  'the columns the model was fitted on; a new customer is a row of zeros': '拟合时用的那些列；新客户是一行 0',
  'time units, or periods, to look ahead': '往后看多少个时间单位或期数',
  'a time unit; adds dert (derl), the discounted orders (renewals) still to come':
    '每个时间单位的折现率；加一列 dert（derl），以后的订单（续约）折成现值',
  'adds the probability of 0 to so many orders': '加上 0 到这么多单各自的概率',
  'what the customers are worth together: total, concentration, segments, movement':
    '全部客户一共值多少：总额、集中度、分群、变动',
  'say what every customer is worth, from files of orders; no server, no database':
    '从订单文件算出每位客户值多少；不用服务器和数据库',
  'orders: .csv, .csv.gz, .tsv, .txt, .xlsx, .parquet': '订单：.csv、.csv.gz、.tsv、.txt、.xlsx、.parquet',
  'column of the customer id: its header, or its number from 1': '客户编号的列：写表头，或从 1 数起的列号',
  'column of the order date': '下单日期的列',
  'column of the amount of the line': '行金额的列',
  'column of the quantity, with --unit-price in place of --amount':
    '数量的列，与 --unit-price 同用，代替 --amount',
  'column of the price of one piece': '单价的列',
  'column of the margin; the value is margin then, not revenue': '毛利的列；价值就按毛利算，不按收入',
  'column of what the line costs to serve, such as freight; taken from its amount or margin':
    '这一行的服务成本的列，如运费；从金额或毛利里扣除',
  'column of the order number': '订单号的列',
  'column of the product': '产品的列',
  'column of the currency; rows in another one than most are rejected':
    '币种的列；与多数行币种不同的行会退回',
  'dmy or mdy where day and month cannot be told apart, or iso, slash, dot, compact ...':
    '日和月分不清时写 dmy 或 mdy，也可以是 iso、slash、dot、compact 等',
  'zone in which instants become days': '按哪个时区算日期',
  'utf-8, gb18030, big5, utf-16le or utf-16be; found out when left out':
    'utf-8、gb18030、big5、utf-16le 或 utf-16be；不写就自动识别',
  'worksheet of an .xlsx': '.xlsx 的工作表',
  'day the figures are true for, yyyy-mm-dd (default: last order day)':
    '数字以哪天为准，年-月-日（默认：最后一个下单日）',
  'day, week or month': 'day、week 或 month',
  'adds a back-test: learn up to this day, compare with what came after':
    '加做回测：学到这天为止，再和之后的实际比',
  'time units to look ahead (default: a year)': '往后看多少个时间单位（默认：一年）',
  'auto, nbd, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k or naive':
    'auto、nbd、bg-nbd、mbg-nbd、pareto-nbd、bg-cnbd-k、mbg-cnbd-k 或 naive',
  'a year': '每年的折现率',
  'value all orders to come, however late; expected orders stay those of the horizon':
    '以后的订单不论多晚都计入价值；预计订单数仍按预测期',
  'cost to serve as a share of the value, such as 0.08': '服务成本占价值的比例，如 0.08',
  'cost to serve an order': '每单的服务成本',
  'cost to serve a customer a year; needs a horizon': '每位客户每年的服务成本；要有预测期',
  'share of the value that is expected not to be paid, such as 0.02': '预计收不回来的比例，如 0.02',
  'column that makes segments of customers: a model for each, small ones lean on all':
    '给客户分组的列：每组一个模型，小组借用全体',
  'columns that orders and leaving depend on, with commas between them; not with --by':
    '下单和流失随哪些列而变，用逗号隔开；不与 --by 同用',
  'with --covariates: holds effects back (default: 0)': '与 --covariates 同用：把影响往回收（默认：0）',
  'auto, gamma-gamma or regression: spend that goes with how often customers order (default: auto)':
    'auto、gamma-gamma 或 regression：每单金额随下单多少而变（默认：auto）',
  'one row a customer: .csv, .parquet or .xlsx': '每位客户一行：.csv、.parquet 或 .xlsx',
  'rows that were not accepted, as CSV': '没有收下的行，写成 CSV',
  'rows that were not accepted, as CSV: file, line, column, code, text':
    '没有收下的行，写成 CSV：文件、行、列、代码、说明',
} as const;
