import { restrictedFields } from '@kezi/contract';

/** Help in Chinese: people, their rights, what they did, and who looks after whom. */
export default {
  people: '用户',
  'API keys': 'API 密钥',
  'who saw, changed and exported what': '谁看过、改过、导出过什么',
  'who saw, changed and exported what: a table on a terminal, one JSON object a line on a pipe':
    '谁看过、改过、导出过什么：终端上是表格，管道里每行一个 JSON 对象',
  'the audit as CSV; that it was exported is an entry of the audit': '把操作记录导出成 CSV；导出本身也会记下',
  'what this user did; none: the program itself, and whoever was not signed in':
    '这位用户做的事；none：程序自己做的，以及没有登录的人',
  'what was done, such as customers.exported or contact.revealed':
    '做了什么，如 customers.exported、contact.revealed',
  'to what kind of record, such as customer': '对哪类记录，如 customer',
  'to the record with this id': '对这个编号的记录',
  'from this address': '来自这个地址',
  'since this day': '从这天起',
  'up to this day': '到这天为止',
  'departments, a tree': '部门，一棵树',
  'all departments': '全部部门',
  'add a department': '新建部门',
  'rename a department, or move it with all below it': '给部门改名，或连同下级一起移动',
  'remove a department that is empty': '删除空的部门',
  'department it belongs to': '上级部门',
  'its new name': '新的名称',
  'department it belongs to from now on, or none': '以后的上级部门，或 none 表示没有',
  'who stands in for you, and for whom you stand in': '谁在代理你，你在代理谁',
  'who stands in for whom: sees and changes their customers from a day to a day':
    '谁代理谁：在一段日子里代看、代改对方的客户',
  'let a colleague stand in': '让一位同事代理',
  'end it at once': '立即结束代理',
  'of this user, for whoever manages users': '看这位用户的；限管理用户的人',
  'the first day, yyyy-mm-dd': '第一天，年-月-日',
  'for this user, by whoever manages users': '替这位用户设置；限管理用户的人',
  'disputes about customers: a table on a terminal, one JSON object a line on a pipe':
    '归属争议：终端上是表格，管道里每行一个 JSON 对象',
  'disputes about whose customer it is': '客户归谁的争议',
  'claim a customer that somebody else has': '认为别人名下的客户归自己',
  'take back a dispute of your own': '撤回自己提出的争议',
  'take back a decision': '撤销裁定',
  'decide a dispute': '裁定一起争议',
  'why it is yours': '为什么归你',
  'id of the dispute': '争议的编号',
  'only these': '只看这些',
  'whose the customer is': '客户归谁',
  'hand over everything of somebody who leaves': '把离职同事的一切交给接手的人',
  'what there is to hand over, as JSON; nothing is changed': '有哪些要交接，以 JSON 列出；什么都不改',
  'hand everything to a successor and disable the account': '全部交给接手的人，并停用原账号',
  'id of the successor': '接手人的编号',
  'leave the account as it is': '不停用账号',
  'make an API key for a person; it is printed once': '给一个人新建 API 密钥；只显示一次',
  'address of the person whose eyes the key has': '密钥按谁的权限，写这个人的邮箱',
  'what it may do, separated by commas, such as customers:read,imports:write':
    '可以做什么，用逗号隔开，如 customers:read,imports:write',
  'when it runs out, such as 2027-01-31 (UTC); never when left out':
    '何时到期，如 2027-01-31（UTC）；不写就不到期',
  'the keys of a person that were not revoked: what they may do, until when, when last used':
    '一个人尚未吊销的密钥：能做什么、到何时、最近何时用过',
  'end a key at once; its next request is refused': '立即吊销密钥；它的下一次请求就会被拒绝',
  "one person's data (PIPL, GDPR)": '一个人的个人信息（个人信息保护法、GDPR）',
  'everything that is kept of a contact, as JSON; written into the audit':
    '一位联系人留存的全部资料，JSON 格式；会写入操作记录',
  'take a contact out of everything that is kept; orders stay; cannot be undone':
    '把一位联系人从全部留存的资料里抹除；订单保留；不能撤销',
  'months after which contacts are erased by night, and who is next; options set them':
    '多少个月后夜里抹除联系人，接下来是谁；带选项就是设置',
  'the id is that of a customer who is a person': '编号是一位个人客户的',
  'the id is that of a customer who is a person; orders and payments stay':
    '编号是一位个人客户的；订单和回款保留',
  'why, without the data of the person': '理由，不要写这个人的资料',
  'since they were deleted; off: kept': '删除之后多少个月；off：一直保留',
  'since they left their company': '离开公司之后多少个月',
  'since the last order or interaction of their customer': '客户最后一次下单或跟进之后多少个月',
  'rules by which customers fall into a pool': '客户按哪些规则回到公海',
  'what a rule would take now, and would have taken in the past year':
    '一条规则现在会收回哪些，过去一年会收回多少',
  'run the rules of a pool now, not at night': '现在就执行公海的回收规则，不等夜里',
  'public pools: customers without an owner': '公海：没有负责人的客户',
  'the pools that concern you': '与你有关的公海',
  'customers that wait in a pool, the most valuable first': '公海里等人领取的客户，价值高的在前',
  'take a customer out of a pool': '从公海领取一位客户',
  'give a customer back to the pool of its department': '把客户退回本部门的公海',
  'id of the pool': '公海的编号',
  'id of the rule': '规则的编号',
  'part of a name or of the number': '名称或编号的一部分',
  'give customers to another owner, or into the pool of a department; or take that back':
    '把客户转给另一位负责人，或转入一个部门的公海；也可以撤销',
  'customers by number, in place of a filter': '按编号指定客户，代替筛选',
  'id of the new owner': '新负责人的编号',
  'id of the department; alone: into its pool, without an owner':
    '部门的编号；单独写：转入它的公海，没有负责人',
  'why; stands in the history of every customer': '理由；会写进每位客户的归属记录',
  'take the transfer with this number back': '撤销这个编号的转移',
  'add a person; the password comes on standard input, or a random one is printed once':
    '新建用户；密码从标准输入读，或随机生成、只显示一次',
  'keep a person out at once: sessions and keys end, their customers stay theirs':
    '立即停用一个人的账号：登录和密钥都失效，客户仍归其名下',
  'let a person who was disabled in again': '重新启用停用的账号',
  'address to sign in with': '登录用的邮箱',
  'name as others see it': '别人看到的名字',
  'read the password from standard input': '从标准输入读密码',
  'what they may do': '角色，决定能做什么',
  'address of the web pages': '网页的地址',
  'who has an account: role, scope, department': '谁有账号：角色、可见范围、部门',
  'put a person into departments and say whose customers they see; without options, tell it':
    '设置一个人所在的部门和能看到谁的客户；不带选项就是查看',
  'main department (kezi department list), or none': '主部门（见 kezi department list），或 none',
  'further departments, all of them, or none': '其他部门，要写全，或 none',
  'for the scope chosen: these departments with those below': '可见范围为 chosen 时：这些部门及下级',
  'for the scope chosen: these departments without those below': '可见范围为 chosen 时：这些部门，不含下级',
  'whose customers they see': '能看到谁的客户',
  'fields kept from roles, and limits of a day': '对角色不可见的字段，和每天的限额',
  'the rules that hold now': '现在生效的规则',
  'keep a field from roles, or show it to them again; holds from their next request':
    '让一个字段对某些角色不可见，或重新可见；从他们的下一次请求起生效',
  'how many rows a role may export or look at in a day; what is not named stays':
    '一个角色每天最多导出或查看多少行；没有写的不变',
  [`${restrictedFields.join(', ')}; or a field of your own by its key, such as cf3`]: `${restrictedFields.join('、')}；或自定义字段的键，如 cf3`,
  'by what means a person can get in': '一个人能用哪些方式登录',
  'make a link by which a person sets their password: an invitation, or a reset; it works once':
    '生成设置密码的链接：邀请或重设；只能用一次',
  'end every session of a person': '让一个人在所有地方退出登录',
  'let a person try again at once after too many wrong attempts': '输错太多次后，让一个人马上可以再试',
  'take away the second factor of a person who has lost it': '两步验证丢失时，替一个人取消',
  'rows in exported files; off: as many as there are': '导出文件里的行数；off：不限',
  'customers and contacts in lists and on pages': '列表和页面里看的客户与联系人数',
  'one role or several': '一个或几个角色',
  'how it stands there': '怎样处理',
} as const;
