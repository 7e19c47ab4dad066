-- The system works before a city has set its own rules: these hold until a later row starts.
insert into city_setting (key, effective_from, value, legal_basis) values
  ('top-up-trigger-percent', '1900-01-01', '30', '《住宅专项维修资金管理办法》第十七条'),
  ('top-up-target-percent', '1900-01-01', '50', '示例：由本市确认后替换'),
  ('notice-validity-days', '1900-01-01', '15', '示例：由本市确认后替换'),
  ('lock-lease-minutes', '1900-01-01', '15', '示例：由本市确认后替换');
