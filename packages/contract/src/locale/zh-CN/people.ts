export default {
  'session.second_factor_missing':
    '你的角色需要两步验证。请先在“设置 > 安全”里开启，开启后即可使用其他功能。',
  'session.code_needed': '请输入两步验证的验证码，或一个恢复码。',
  'session.code_refused': '验证码不对、已用过或已过期。请等下一个验证码再试，也可以用恢复码。',
  'session.rate_limited':
    '错误次数太多，请在 {{minutes}} 分钟后再试。常用的电脑不受别处错误的影响；急用请联系管理员。',
  'session.not_found': '没有这个登录，可能已经退出。',
  'session.second_factor_exists': '两步验证已经开启。要换手机，请先关闭再重新开启。',
  'session.second_factor_not_found': '没有待确认或已开启的两步验证。',
  'session.second_factor_forbidden': '你的角色必须使用两步验证，不能关闭。要换手机，请联系管理员重置。',
  'session.sso_not_found': '还没有配置单点登录，请用邮箱和密码登录。',
  'session.sso_unavailable': '单点登录的服务暂时没有应答（{{reason}}）。请稍后再试，或用密码登录。',
  'session.sso_refused': '单点登录没有通过验证，请重新登录一次。',
  'session.sso_declined_refused': '你在身份服务那边没有同意，所以没有登录。可以再试一次，或用密码登录。',
  'session.sso_issuer_unusable':
    '{{issuer}} 不能用来单点登录（{{reason}}）。请核对颁发者地址；设置没有保存。',
  'session.sso_unknown_refused':
    '这个账号还没有加入 Kezi，或邮箱未经验证。请联系管理员添加同一个邮箱的用户。',
  'password.common': '这个密码太常见，容易被猜到。换一句只有你会说的话最安全。',
  'password.holds_name': '密码里有姓名、邮箱或公司名，容易被猜到。请换一个。',
  'password.pattern': '密码是重复的字符或键盘上连着的键，容易被猜到。请换一个。',
  'password.digits': '只有数字的密码容易被猜到。请加上字母或汉字，一句话最好记。',
  'users.link_not_found': '没有这个链接，或账号已停用。请核对链接是否完整，或问管理员。',
  'users.link_expired': '这个链接已经过了有效期。请让管理员再发一个；旧链接不用管。',
  'users.link_used':
    '这个链接已经用过，或者管理员后来又发了新的。设过密码就直接登录，否则请打开最新的那一个。',
  'users.link_disabled': '这位用户已停用，不能生成链接。请先恢复。',
  'session.wrong_password': '邮箱或密码不对。',
  'setup.already_exists': '管理员已经建好，请直接登录。',
  'setup.code_refused': '一次性验证码不对。请查看启动程序时终端里打印的验证码。',
  'settings.time_zone_unknown': '没有“{{timeZone}}”这个时区，请填写如 Asia/Shanghai 的名称。',
  'settings.currency_fixed': '已有订单按 {{currency}} 折算入库，本位币不能再改。',
  'settings.changed': '设置刚被别人改过，请刷新后再改。',
  'users.not_found': '没有这个人，或你无权查看。',
  'users.email_exists': '邮箱 {{email}} 已有人使用。',
  'users.team_unknown': '所选的部门不存在。',
  'users.changed': '这位用户的资料刚被别人改过，请刷新后再改。',
  'users.last_administrator': '这是最后一位管理员，不能停用或降级。请先指定另一位管理员。',
  'users.administrator_scope':
    '管理员看全部客户：账号、操作记录和规则涉及每个人。要缩小数据范围，请换一个角色。',
  'users.wrong_password': '当前密码不对。',
  'teams.not_found': '没有这个部门。',
  'teams.name_exists': '同一级里已有名为“{{name}}”的部门。',
  'teams.changed': '这个部门刚被别人改过，请刷新后再改。',
  'teams.circle': '不能把部门移到它自己的下级里。',
  'teams.in_use': '部门里还有人员、客户或下级部门，请先移走。',
  'keys.not_found': '没有这个密钥。',
  'keys.unknown_unauthenticated': '没有这个密钥。请核对是否完整复制，或新建一个。',
  'keys.revoked_unauthenticated': '这个密钥已吊销。请在“设置 > API 密钥”新建一个。',
  'keys.expired_unauthenticated': '这个密钥已过有效期。请在“设置 > API 密钥”新建一个。',
  'keys.disabled_unauthenticated': '这个密钥所属的用户已停用。请用在职用户的密钥。',
  'keys.past': '到期时间 {{moment}} 已经过去，请选以后的日期。',
  'keys.scope_forbidden': '你自己没有 {{scopes}} 的权限，密钥也不能有。请去掉它。',
  'views.not_found': '没有这个视图，或者它不是你建的。',
  'views.name_exists': '你已有一个名为“{{name}}”的视图，请换个名字。',
  'audit.chain_holds': '操作记录的哈希链完整，共 {{links}} 环，没有发现改动。',
  'audit.entry_changed':
    '操作记录第 {{entry}} 条被改过（哈希链第 {{link}} 环对不上），这是第一处。请立即保留现场并追查。',
  'audit.link_changed':
    '哈希链第 {{link}} 环缺失或被改过（操作记录第 {{entry}} 条），这是第一处。请立即保留现场并追查。',
  'audit.entry_removed': '操作记录第 {{entry}} 条被删除了，这是第一处。请立即保留现场并追查。',
  'audit.entry_inserted': '操作记录第 {{entry}} 条不在哈希链里，是绕过程序插进来的。请立即保留现场并追查。',
  'audit.head_missing': '链里没有你记下的这一环：{{head}}。整条链可能被重做过，请立即保留现场并追查。',
  'audit.head_unreadable':
    '“{{head}}”不是链的一环，应为“编号:64 位十六进制哈希”，就是上次检查时输出的 head。',
  'deputies.not_found': '没有这条代理安排。',
  'deputies.colleague_unknown': '找不到这位同事，或者他的账号已停用，请重新选择。',
  'deputies.self': '不能请自己代理，请选一位同事。',
  'deputies.order': '结束日期早于开始日期，请改过来。',
  'deputies.exists': '{{name}}在其中几天已经是代理（{{from}} 至 {{to}}）。请先结束那一条，或改日期。',
  'deputies.colleague_absent':
    '{{name}}自己在 {{from}} 至 {{to}} 也不在，已请人代理。代理的事不能再转给别人，请换一位同事或改日期。',
  'deputies.stands_in':
    '要缺席的人在 {{from}} 至 {{to}} 正在代理{{name}}，代理的事不能再转给别人。请先由{{name}}或管理员换人代理。',
  'deputies.past': '代理的结束日期 {{day}} 已经过去，请选今天或以后的日期。',
  'placement.chosen_empty': '数据范围选了“指定部门”，请至少指定一个部门。',
  'fields.restricted_forbidden':
    '这一项对你的角色不可见，不能填写、修改，也不能按它搜索、筛选或排序。请去掉它。',
  'limits.exported_refused':
    '你今天最多导出 {{most}} 行，已经导出 {{used}} 行，这份文件有 {{wanted}} 行。请缩小范围、明天再导，或请管理员提高上限。',
  'limits.viewed_refused':
    '你今天最多查看 {{most}} 条客户和联系人，已经看过 {{used}} 条，这一页有 {{wanted}} 条。请缩小范围、明天再看，或请管理员提高上限。',
};
