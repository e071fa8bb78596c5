/**
 * Words of which people make passwords, here and in the world: what stands at the head of every list of stolen ones, first
 * names and surnames in both alphabets, pets, games, teams, places, seasons, and the pinyin of what one says. With figures
 * and signs about them, doubled or in pairs they make far more than the 3,000 most frequent passwords of ten signs and over.
 */
const text = `
  password passwort passw passwd mypassword mypass letmein welcome login logon signin admin administrator admins root user users
  guest test tester testing tests default master super superuser superman supervisor system systems manager management secret
  secrets private change changeme changeit newpass newpassword pass passkey passcode temp temporary demo sample example trial
  qwerty qwertyuiop qwertyui qwert azerty qwertz asdf asdfgh asdfghjkl asdfghjk zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qweasd
  qweasdzxc poiuytrewq poiuy lkjhgfdsa mnbvcxz wasd zaqwsx xswzaq edcrfv plmokn abcabc abcdef abcdefg abcd abc xyz asd qwe zxc qaz
  wsx edc iloveyou iloveu ilove loveyou loveme lovely lover lovers love forever together always memory memories princess prince
  queen king kings knight sunshine sunny moonlight moon sun star stars starlight rainbow flower flowers butterfly angel angels
  heaven paradise dream dreams dreamer magic magical wonder wonderful beautiful beauty pretty cutie sweet sweety sweetie sweetheart
  honey sugar candy baby babygirl babyboy darling smile happy happiness lucky luck hope faith believe peace joy freedom liberty
  justice power energy spirit soul heart mind life living alive friend friends friendship family mother father mommy daddy mama papa
  sister brother brothers sisters grandma grandpa wife husband children monkey dragon dragons tiger tigers lion lions panda bear
  bears rabbit bunny kitty kitten puppy doggy dog dogs cat cats horse horses pony eagle eagles falcon hawk raven wolf wolves fox
  shark dolphin dolphins whale turtle snake spider bird birds duck chicken cow pig sheep goat mouse elephant zebra giraffe penguin
  phoenix unicorn dinosaur chocolate banana bananas orange oranges apple apples cookie cookies cheese pepper coffee tea milk juice
  cherry strawberry lemon peach grape melon mango pineapple potato tomato carrot onion garlic ginger vanilla cinnamon butter bread
  pizza burger pasta noodles rice soup beer wine whiskey vodka champagne breakfast dinner football soccer baseball basketball
  hockey tennis golf cricket rugby volleyball swimming running runner racing racer boxing fishing hunting skating skate skateboard
  snowboard surfing surfer cycling dance dancer dancing music musician guitar piano drums drummer violin singer singing rock rocknroll
  metal metallica nirvana beatles eminem rihanna madonna jackson elvis arsenal liverpool chelsea barcelona barca juventus milan
  intermilan realmadrid manchester united bayern dortmund ajax celtic rangers lakers yankees cowboys steelers packers patriots
  broncos raiders redsox cubs bulls heat warriors spurs superstar batman spiderman ironman hulk thor captain america avengers
  marvel starwars starwar skywalker vader yoda jedi matrix neo terminator rambo rocky gandalf frodo legolas hobbit harry potter
  harrypotter hermione gryffindor pokemon pikachu naruto sasuke sakura goku vegeta doraemon hellokitty mickey minnie donald goofy
  pluto snoopy garfield simpson bart homer sonic mario luigi zelda minecraft fortnite roblox callofduty halo doom quake warcraft
  starcraft diablo overwatch leagueoflegends dota counterstrike steam nintendo playstation xbox gamer games gaming player players
  michael mike jennifer jenny jessica jess ashley daniel dan danny thomas tom tommy andrew andy joshua josh charlie charles george
  william will bill billy robert rob bob bobby david dave james jim jimmy john johnny jonathan joseph joe joey matthew matt
  christopher chris christian christina christine anthony tony mark marcus martin mary maria marie maggie margaret linda barbara
  elizabeth liz lisa susan sue sarah sara karen nancy betty helen sandra donna carol ruth sharon michelle laura kimberly kim
  deborah amanda amy angela melissa brenda anna anne annie rebecca becky virginia kathleen katie kate katherine kathy pamela
  patricia patrick pat paul peter pete philip phil kevin keith kenneth ken steven steve stephen edward eddie brian ronald ron
  timothy tim jason jeff jeffrey ryan jacob jake gary nicholas nick nicole eric erica stephanie larry justin scott brandon
  benjamin ben samuel sam sammy samantha gregory greg frank alexander alex alexandra alexis raymond ray jack dennis jerry tyler
  aaron jose adam nathan henry harry douglas doug zachary kyle walter ethan jeremy harold carl arthur roger austin sean shawn
  victor victoria vanessa valerie veronica olivia sophia sophie emma emily isabella mia charlotte amelia chloe grace hannah
  natalie natasha zoe lily lucy ella bella daisy rose ruby molly sadie bailey buddy max rex shadow smokey tigger ginger lucky
  oscar oliver felix simon leo louis lucas luke liam noah mason logan dylan jordan connor cameron hunter carlos juan miguel
  fernando ricardo roberto antonio francisco pedro pablo diego sergio manuel alejandro daniela valentina gabriel gabriela
  rodrigo eduardo mohammed muhammad ahmed ali hassan omar fatima aisha ivan dmitri sergey vladimir natalia olga tatiana
  summer winter spring autumn fall january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning evening night midnight weekend
  holiday vacation birthday christmas newyear easter halloween anniversary computer computers laptop desktop keyboard monitor
  internet network website online offline email gmail hotmail yahoo outlook windows microsoft office excel google chrome firefox
  facebook instagram twitter tiktok youtube netflix spotify whatsapp telegram wechat weixin alipay taobao tmall jingdong baidu
  tencent alibaba bytedance douyin weibo linkedin amazon ebay paypal samsung iphone ipad macbook apple android galaxy huawei xiaomi
  oppo vivo honor nokia motorola sony toshiba lenovo dell asus acer intel nvidia radeon tesla toyota honda nissan mazda suzuki
  yamaha kawasaki harley ducati ferrari porsche mercedes benz bmw audi volkswagen ford mustang chevy chevrolet camaro corvette
  dodge jeep lexus hyundai volvo jaguar lamborghini bugatti killer hunter ranger warrior wizard witch ninja pirate pirates samurai
  soldier sniper assassin ghost zombie vampire demon devil hell satan monster beast alien aliens robot cyborg hacker hackers
  hacked crack cracker phantom viper cobra scorpion thunder lightning storm stormy tornado hurricane fire fireball flame blaze
  ice snow snowball snowman water ocean beach island mountain forest river lake garden earth world planet mars venus saturn
  jupiter galaxy universe space rocket apollo trustno trustnoone whatever freedom nothing something anything everything someone
  anyone nobody everybody whoami mine myself yourself biteme blahblah fuckyou fuckoff asshole bitch sexy hottie pussy porn
  naughty playboy lol omg wtf yolo swag cool coolio awesome amazing perfect excellent genius legend champion winner victory
  number numbers one two three four five six seven eight nine ten hundred thousand million first second third last final alpha
  beta gamma delta omega sigma zero hero silver gold golden diamond diamonds crystal pearl emerald sapphire platinum bronze
  black white red blue green yellow purple pink brown grey gray orange violet indigo london paris berlin madrid rome moscow
  tokyo osaka kyoto seoul singapore malaysia thailand bangkok vietnam india delhi mumbai australia sydney melbourne canada
  toronto vancouver newyork california texas florida chicago boston dallas houston seattle losangeles lasvegas miami denver
  america england germany france spain italy russia brazil mexico argentina africa europe asia china beijing shanghai guangzhou
  shenzhen hangzhou nanjing suzhou chengdu chongqing wuhan xian tianjin qingdao dalian xiamen ningbo wuxi changsha zhengzhou
  shenyang jinan harbin kunming hefei fuzhou dongguan foshan wenzhou hongkong xianggang aomen macau taiwan taibei guangdong
  zhejiang jiangsu shandong sichuan hunan hubei henan hebei fujian anhui yunnan zhongguo zhonghua woaini woaiwojia woaizhongguo
  woaibaba woaimama woaiziji woaiwo woxihuanni woshishui woshini woyaofacai wozuishuai wodemima wodeai wodeshijie woaixuexi
  mima mimashi wangji wangjimima wangluo diannao shouji gongsi nihao nihaoma nishishui nishiwode nishizhu zaijian xiexie
  duibuqi meiguanxi xiaoming xiaohong xiaogang xiaoli xiaohua xiaowei xiaolong xiaojie xiaofeng xiaomei xiaobao xiaoxiao
  zhangsan lisi wangwu zhaoliu zhangwei zhangmin zhangjing zhangli zhangyong zhanglei zhangqiang zhangjie zhangtao zhangyan
  wangwei wangfang wangna wangxiuying wangmin wangjing wangyong wangyan wanglei wangqiang wangjie wangtao wangli wangping
  wanggang lina liwei lijing liqiang liming lilei hanmeimei lijie liyan liyang liming liuwei liufang liuyang liujing liumin
  liuyan liuqiang chenwei chenjing chenjie chenyan yangyang yangwei yangjing yanghong zhaowei zhaoming huangwei huangjing
  zhouwei zhoujie wuwei wujing xuwei sunwei majun zhujun hejun guojing linlin gaofei luojun zhengwei liangjing xiejun tangwei
  hanxue fengjing dengwei caojing pengwei zengwei xiaojun tianwei dongwei panwei yuanwei caiwei jiangwei yuwei duwei yewei
  chengwei weiwei suwei luwei dingwei shenwei renwei laopo laogong laodaoshao baobei baobao baobeier qinai qinaide qingwen
  jintian mingtian zuotian kaixin kuaile xingfu jiankang pingan facai gongxi gongxifacai fuguijixiang wanshiruyi xinniankuaile
  shengrikuaile zhunifacai yifanfengshun mabaochenggong nianniyouyu daji dali tianxia tiantian tianshi tiandi tianxiadiyi
  diyi wudi wangzhe wangzherongyao chiji lol yingxiong meinv shuaige dashuai dage xiaodi laoda laoban jingli mishu yuangong
  gongzuo xuexi xuesheng laoshi daxue zhongxue xuexiao beida qinghua tsinghua fudan jiaoda zheda chelsea mama baba mamababa
  babamama gege jiejie didi meimei yeye nainai erzi nver haizi jiaren aini ainiyiwannian yisheng yishiyishi yongyuan
  haohaoxuexi tiantianxiangshang buyaowangji zuijinhaoma feichangwurao caonima shabi gundan kezi kehuzichan kehu kehuguanli
  xiaoshou xiaoshoubu yewu yewubu caiwu renshi xingzheng crm erp oa sales salesman market marketing finance account accounts
  accounting customer customers client clients company corp corporation business office work worker working money dollar
  dollars cash bank banker rich richman million millionaire job boss leader service services support helpdesk help info
  contact hello helloworld hello hi hey goodbye bye goodluck goodmorning goodnight thankyou thanks please sesame opensesame
  open close access security secure safe safety guard server servers database oracle mysql postgres postgresql mongodb redis
  sqlserver redhat ubuntu debian linux unix centos cisco router switch firewall python java javascript html programmer
  developer developers coding code coder engineer student students teacher teachers school schools college university
  doctor nurse police army navy marine marines airforce soldiers pilot driver trucker mechanic builder farmer cook chef
  jesus christ jesuschrist god godisgood godislove bible church prayer blessed blessing amen trinity lord savior buddha allah
  krishna ganesh shiva`;

export const commonWords: ReadonlySet<string> = new Set(text.trim().split(/\s+/));
