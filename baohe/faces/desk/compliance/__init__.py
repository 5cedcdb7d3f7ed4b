"""客户身份核查 at the desk: matches of the screening list, and customers who asked for a person (SALE-15)."""
