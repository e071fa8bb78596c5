// Made from the migrations by `npm run schema -w @kezi/server`. A test fails when it is stale.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface DB {
  api_key: {
    api_key_id: GeneratedAlways<number>;
    user_id: number;
    name: string;
    start: string;
    key_sha256: string;
    scopes: string[];
    expires_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    last_used_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    revoked_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  app_user: {
    id: GeneratedAlways<number>;
    email: string;
    name: string;
    role: Generated<string>;
    scope: Generated<string>;
    team_id: number | null;
    language: string | null;
    theme: Generated<string>;
    disabled_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    email_verified: Generated<boolean>;
    image: string | null;
    row_version: Generated<number>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  audit_entry: {
    audit_entry_id: GeneratedAlways<number>;
    user_id: Generated<number | null>;
    request_id: Generated<string | null>;
    action: string;
    subject: string;
    subject_id: string | null;
    changes: ColumnType<Json, unknown, unknown>;
    recorded_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  customer: {
    customer_id: GeneratedAlways<number>;
    customer_no: string;
    name: string;
    short_name: string | null;
    parent_customer_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    owner_id: number | null;
    team_id: number | null;
    region: string | null;
    industry: string | null;
    custom: ColumnType<Json, unknown, unknown>;
    import_batch_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    score_run_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    orders: number | null;
    last_order_on: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    monetary_value: number | null;
    p_alive: number | null;
    expected_orders: number | null;
    clv: number | null;
    clv_low: number | null;
    clv_high: number | null;
    next_order_on: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    rfm_segment: string | null;
    row_version: Generated<number>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  customer_order: {
    order_id: GeneratedAlways<number>;
    order_key: string;
    order_no: string | null;
    customer_id: ColumnType<number, number | bigint, number | bigint>;
    owner_id: number | null;
    team_id: number | null;
    ordered_on: ColumnType<string, string | Date, string | Date>;
    currency: string;
    amount_minor: ColumnType<number, number | bigint, number | bigint>;
    base_amount_minor: ColumnType<number, number | bigint, number | bigint>;
    base_margin_minor: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    line_count: number;
    content_hash: string;
    import_batch_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  customer_score: {
    valuation_run_id: ColumnType<number, number | bigint, number | bigint>;
    customer_id: ColumnType<number, number | bigint, number | bigint>;
    owner_id: number | null;
    team_id: number | null;
    first_order_on: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    last_order_on: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    orders: number;
    frequency: number;
    recency: number;
    age: number;
    monetary_value: number;
    p_alive: number | null;
    expected_orders: number;
    expected_spend: number;
    clv: number;
    clv_low: number;
    clv_high: number;
    clv_sd: number;
    next_order_on: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    rfm: string | null;
    rfm_segment: string | null;
  };
  customer_score_reference: {
    valuation_run_id: ColumnType<number, number | bigint, number | bigint>;
    survival: number;
    order_rate: number;
    spend: number;
  };
  customer_token: {
    token: string;
    customer_id: ColumnType<number, number | bigint, number | bigint>;
    owner_id: number | null;
    team_id: number | null;
  };
  event_outbox: {
    event_id: GeneratedAlways<number>;
    type: string;
    payload: ColumnType<Json, unknown, unknown>;
    recorded_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  exchange_rate: {
    currency: string;
    valid_from: ColumnType<string, string | Date, string | Date>;
    rate: string;
  };
  idempotency_key: {
    user_id: number;
    route: string;
    key: string;
    body_sha256: string;
    status: number | null;
    body: string | null;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  import_batch: {
    import_batch_id: GeneratedAlways<number>;
    kind: string;
    status: string;
    file_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    file_name: string;
    file_size: ColumnType<number, number | bigint, number | bigint>;
    file_sha256: string;
    reading: ColumnType<Json, unknown, unknown>;
    mapping: ColumnType<Json, unknown, unknown>;
    counts: ColumnType<Json, unknown, unknown>;
    job_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    error: ColumnType<Json | null, unknown, unknown>;
    created_by: number;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    started_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    finished_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
  };
  import_change: {
    import_batch_id: ColumnType<number, number | bigint, number | bigint>;
    record_kind: string;
    record_id: ColumnType<number, number | bigint, number | bigint>;
    before: ColumnType<Json | null, unknown, unknown>;
    created_by: number;
  };
  import_row_error: {
    import_batch_id: ColumnType<number, number | bigint, number | bigint>;
    line: ColumnType<number, number | bigint, number | bigint>;
    column_name: Generated<string>;
    code: string;
    params: ColumnType<Json, unknown, unknown>;
    cells: ColumnType<Json, unknown, unknown>;
    created_by: number;
  };
  job: {
    job_id: GeneratedAlways<number>;
    kind: string;
    params: ColumnType<Json, unknown, unknown>;
    status: Generated<string>;
    progress: ColumnType<Json | null, unknown, unknown>;
    result: ColumnType<Json | null, unknown, unknown>;
    error: ColumnType<Json | null, unknown, unknown>;
    attempt: Generated<number>;
    failures: Generated<number>;
    key: string | null;
    cancel_requested_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    created_by: Generated<number | null>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    started_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    finished_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
  };
  lake_dirty_customer: {
    customer_id: ColumnType<number, number | bigint, number | bigint>;
    changed_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  order_line: {
    order_id: ColumnType<number, number | bigint, number | bigint>;
    line_no: number;
    customer_id: ColumnType<number, number | bigint, number | bigint>;
    owner_id: number | null;
    team_id: number | null;
    product_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    quantity: string | null;
    amount_minor: ColumnType<number, number | bigint, number | bigint>;
    base_amount_minor: ColumnType<number, number | bigint, number | bigint>;
    base_margin_minor: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
  };
  organisation: {
    is_only: Generated<boolean>;
    name: Generated<string>;
    base_currency: Generated<string>;
    time_zone: Generated<string>;
    language: Generated<string>;
    up_colour: Generated<string>;
    row_version: Generated<number>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  product: {
    product_id: GeneratedAlways<number>;
    product_no: string;
    name: string;
    category: string | null;
    unit: string | null;
    custom: ColumnType<Json, unknown, unknown>;
    import_batch_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    row_version: Generated<number>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  saved_view: {
    saved_view_id: GeneratedAlways<number>;
    page: string;
    name: string;
    state: ColumnType<Json, unknown, unknown>;
    is_shared: Generated<boolean>;
    created_by: number;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  team: {
    team_id: GeneratedAlways<number>;
    name: string;
    parent_team_id: number | null;
    row_version: Generated<number>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  user_account: {
    id: GeneratedAlways<number>;
    user_id: number;
    provider_id: string;
    account_id: string;
    password: string | null;
    access_token: string | null;
    refresh_token: string | null;
    id_token: string | null;
    access_token_expires_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    refresh_token_expires_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    scope: string | null;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  user_session: {
    id: GeneratedAlways<number>;
    user_id: number;
    token: string;
    expires_at: ColumnType<string, string | Date, string | Date>;
    ip_address: string | null;
    user_agent: string | null;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  user_verification: {
    id: GeneratedAlways<number>;
    identifier: string;
    value: string;
    expires_at: ColumnType<string, string | Date, string | Date>;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    updated_at: ColumnType<string, string | Date | undefined, string | Date>;
  };
  valuation_run: {
    valuation_run_id: GeneratedAlways<number>;
    status: string;
    as_of: ColumnType<string, string | Date, string | Date>;
    options: ColumnType<Json, unknown, unknown>;
    stages: ColumnType<Json, unknown, unknown>;
    card: ColumnType<Json | null, unknown, unknown>;
    totals: ColumnType<Json | null, unknown, unknown>;
    job_id: ColumnType<number | null, number | null | bigint | undefined, number | null | bigint>;
    error: ColumnType<Json | null, unknown, unknown>;
    created_by: number;
    created_at: ColumnType<string, string | Date | undefined, string | Date>;
    started_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    published_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
    finished_at: ColumnType<string | null, string | null | Date | undefined, string | null | Date>;
  };
  valuation_summary: {
    valuation_run_id: ColumnType<number, number | bigint, number | bigint>;
    dimension: string;
    key: string;
    customers: ColumnType<number, number | bigint, number | bigint>;
    clv: number;
    clv_variance: number;
    expected_orders: number;
    alive: number;
  };
}
