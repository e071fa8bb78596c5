export default {
  'churn.not_found': '没有这次训练，或者你无权查看。',
  'churn.not_running_conflict': '这次训练已经结束，不能再取消。',
  'valuation.not_found': '没有这次估值，或者你无权查看。',
  'valuation.not_running_conflict': '这次估值已经结束，不能再取消。',
  'valuation.disk_full': '磁盘空间不足，没有写完。请腾出空间后再运行一次；原来的文件没有改动。',
  'valuation.out_of_memory': '内存不足，计算没有完成。请调大内存上限，或在内存更大的机器上运行。',
  'valuation.out_not_writable': '无法写入 {{path}}。请检查文件夹是否存在，以及是否有写入权限。',
  'valuation.out_format': '不知道要把 {{path}} 写成什么格式。文件名请以 .csv、.parquet 或 .xlsx 结尾。',
  'valuation.too_many_rows_for_xlsx':
    '客户有 {{rows}} 个，Excel 工作表最多 {{limit}} 行。请改用 .csv 或 .parquet。',
  'valuation.lake_damaged': '分析数据文件 {{file}} 缺失或已损坏。业务数据不受影响，请重建分析数据后再估值。',
  'valuation.lake_incomplete':
    '分析数据应有 {{expected}} 行，实际写出 {{found}} 行，已放弃这次更新。请重新运行。',
  'churn.one_class':
    '“{{column}}”列只有一种值（{{value}}），学不到谁会流失。请换一列，或给出两种客户都有的数据。',
  'churn.label_not_two': '“{{column}}”列有 {{count}} 种值（{{values}} …），标签只能有两种：流失与未流失。',
  'churn.label_unclear': '看不出“{{column}}”列的哪个值表示流失：{{values}}。请用 --churned 指明。',
  'churn.no_features': '没有可以学习的列。这些列都略过了：{{columns}}。',
  'churn.features_missing': '文件里没有模型需要的列：{{columns}}。',
  'churn.bad_model': '{{path}} 不是 kezi churn 保存的模型。请用 --save 写出的文件。',
  'churn.one_file': '带标签的数据一次只能读一个文件，现在给了 {{count}} 个。',
  'churn.options_conflict': '{{first}} 和 {{second}} 不能一起用。',
  'churn.wrong_kind': '这个模型是从{{kind}}学来的，不能用在这个文件上。',
  'churn.history_too_short':
    '订单历史只有 {{days}} 天，静默期 {{silence}} 天至少需要 {{needed}} 天：要留出几段来训练、校准和检验。请给更长的历史，或用 --silence 缩短静默期。',
  'models.unknown': '没有叫“{{name}}”的模型。可用的有：{{names}}。',
  'models.column_missing': '文件里没有“{{column}}”列。现有的列：{{columns}}。',
  'models.flag_missing': '这个模型需要 {{flag}}，请给出来。',
  'models.flag_not_taken': '{{name}} 用不上 {{flag}}，请去掉。',
  'models.k_too_large': 'k 最大为 {{most}}，不能是 {{k}}。',
  'models.no_rows': '{{file}} 里只有表头，没有数据行。',
  'models.file_too_large': '文件超过 8 MB。更大的表请用命令行 kezi models。',
  'models.row_unreadable': '第 {{line}} 行读不出来：{{text}}',
  'models.not_a_number': '第 {{line}} 行的“{{column}}”不是数字：“{{text}}”。',
  'models.cell_missing': '第 {{line}} 行的“{{column}}”是空的。这个模型不接受空值，请补上，或用 gbdt。',
  'models.level_unknown':
    '第 {{line}} 行的“{{column}}”是“{{text}}”，模型没有见过这个取值。它认得的有：{{levels}}。',
  'models.row_refused': '第 {{line}} 行不能计算：{{reason}}',
  'models.not_binary': '“{{column}}”列只能有两种值（0 和 1，或两个词），第 {{line}} 行是“{{text}}”。',
  'models.bad_weight': '第 {{line}} 行的 weight 不能是 {{text}}：它是客户个数，不能为负。',
  'models.bad_history':
    '第 {{line}} 行的购买记录不可能：frequency {{frequency}}、recency {{recency}}、age {{age}}。frequency 是整数；recency 应在 0 到 age 之间，没有复购时为 0。',
  'models.bad_opportunities':
    '第 {{line}} 行的购买记录不可能：frequency {{frequency}}、recency {{recency}}、opportunities {{opportunities}}。三个数都是整数：下单次数不超过最后一单的序号，序号不超过机会总数。',
  'models.bad_spend':
    '第 {{line}} 行的金额不对：frequency {{frequency}}、monetary_value {{spend}}。frequency 是复购次数，为整数；monetary_value 是每单平均金额，不能为负。',
  'models.bad_retention':
    '第 {{line}} 行不对：period {{period}}、survivors {{survivors}}。period 应为递增的整数，survivors 不能增加，也不能为负。',
  'models.bad_duration': '第 {{line}} 行的时长不能为负：{{text}}。',
  'models.hazard_period': '第 {{line}} 行的期数 {{period}} 不对：应为从 1 开始的整数。',
  'models.hazard_event': '第 {{line}} 行的事件列只能是 0 或 1。',
  'models.hazard_period_twice': '第 {{line}} 行重复：客户 {{id}} 的第 {{period}} 期已经出现过。',
  'models.hazard_period_missing':
    '第 {{line}} 行不连续：客户 {{id}} 有第 {{period}} 期，却没有它的前一期。每个客户每一期要有一行。',
  'models.hazard_after_event': '第 {{line}} 行不对：客户 {{id}} 在第 {{period}} 期之前已经离开。',
  'models.too_long': '超过 {{seconds}} 秒还没有算完，已经停下。请减少行数，或用命令行 kezi models。',
  'models.given_up': '计算已经取消。',
  'models.bad_model': '{{file}} 不是可用的模型：{{reason}}',
  'valuation.column_missing':
    '{{file}} 里没有“{{column}}”这一列。现有的列：{{columns}}。没有表头时请用从 1 开始的列号。',
  'valuation.column_not_guessed':
    '看不出该取 {{file}} 的哪一列，请用 --{{role}} 指明。现有的列：{{columns}}。',
  'valuation.date_ambiguous':
    '{{file}} 的“{{column}}”列（如 {{example}}）分不清日在前还是月在前。请指明日期格式：{{formats}}。',
  'valuation.not_dates': '{{file}} 的“{{column}}”列（如“{{example}}”）不是日期。请换一列，或指明日期格式。',
  'valuation.not_numbers': '{{file}} 的“{{column}}”列（如“{{example}}”）不是数字。请换一列。',
  'valuation.no_orders': '没有可以估值的订单：没有一行的金额为正、日期在截止日之前。',
  'valuation.by_and_covariates': '分组（by）和协变量（covariates）一次只能用一种。请去掉其中一个。',
  'valuation.ridge_alone': 'ridge 要和协变量（covariates）一起用。',
  'valuation.too_many_covariates': '给了 {{count}} 个协变量，最多 {{most}} 个。请只留下真正重要的。',
  'valuation.attribute_constant': '“{{column}}”对所有客户都一样，看不出任何差别。请换一列。',
  'valuation.too_many_levels':
    '“{{column}}”有 {{most}} 种以上的取值，太多了：它更像编号或备注，不像客户的类别。请先归并成几类，或换一列。',
  'valuation.too_many_groups':
    '这些列组合起来有 {{groups}} 种客户，最多 {{most}} 种。请减少列数，或把取值归并。',
  'valuation.attribute_not_of_customer':
    '“{{column}}”对 {{customers}} 位客户有两个取值（例如 {{example}}：“{{first}}”和“{{second}}”），它说的是订单，不是客户。请换一列。',
  'valuation.costs_take_all': '服务成本占比与预期信用损失率加起来要小于 100%，否则客户就没有价值了。',
  'valuation.forever_needs_discount':
    '不限期限的估值要有大于 0 的折现率，请给一个折现率，或改用有限的估值期。',
  'valuation.yearly_cost_needs_horizon':
    '按年的服务成本要有估值期：不限期限时，客户走了以后还会一直扣。请改用占比或每单的成本，或改用有限的估值期。',
  'valuation.model_takes_no_attributes':
    '模型 {{model}} 不能用客户属性。协变量可用于 auto、nbd、bg-nbd、mbg-nbd、pareto-nbd；分组可用于简单规则以外的所有模型。',
  'valuation.calibration_outside':
    '校准截止日 {{calibrationEnd}} 必须在 {{firstDay}} 和 {{lastDay}} 之间，这样前后都有订单。',
  'valuation.bad_option': '{{option}} 的值“{{value}}”不对。应为：{{expected}}。',
  'valuation.customer_missing': '没有客户编号。',
  'valuation.amount_too_large': '金额超过一万亿，应该是录入错误。',
  'valuation.other_currency': '币种与文件里的其他行不同，不能直接相加。请按币种分成几个文件。',
  'lifecycle.needs_all': '改阶段规则会动到所有客户，只有看得到全公司客户的人能改。',
  'lifecycle.pin_missing': '这位客户的阶段没有被人工固定。',
  'lifecycle.rules_changed': '这些规则刚被别人改过。请刷新，看过最新内容后再改。',
  'lifecycle.times_order':
    '“休眠”的倍数要大于 1，“流失”的倍数要大于“休眠”的。现在是 {{dormant}} 和 {{lost}}。',
};
