/** What the owner typed, as it was typed. */
export interface TypedRefund {
  payeeName: string;
  payeeAccount: string;
  payeeBank: string;
  phone: string;
  statement: string;
  isTrue: string;
  isAccountChecked: string;
}

/** Everything typed in the form, by the names of its fields. */
export function typedRefund(sent: Readonly<Record<string, string | undefined>>): TypedRefund {
  return {
    payeeName: sent["payeeName"] ?? "",
    payeeAccount: sent["payeeAccount"] ?? "",
    payeeBank: sent["payeeBank"] ?? "",
    phone: sent["phone"] ?? "",
    statement: sent["statement"] ?? "",
    isTrue: sent["isTrue"] ?? "",
    isAccountChecked: sent["isAccountChecked"] ?? "",
  };
}
