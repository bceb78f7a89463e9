//! Limits, and other values of which there are few, in the text of a statement: the
//! plan of each text fits, and is kept.

use std::fmt::Write;

use sea_orm::{ActiveEnum, DbBackend, Statement, Value, sea_query::Expr};

/// A value of an enumeration as a word of a statement's text, not as a parameter. What
/// is planned for any value takes the few for many, and uses no index of a part.
pub fn in_plain<E: ActiveEnum<Value = String>>(value: &E) -> Expr {
    Expr::Constant(value.to_value().into())
}

/// Writes limits and offsets as numbers into the text of a statement. Of a limit that
/// is a parameter PostgreSQL expects a tenth of all rows there are: it then plans each
/// request anew, or keeps a plan that is good for so many. A limit is one of few
/// numbers, so the texts stay few.
#[must_use]
pub fn plain_limits(mut statement: Statement) -> Statement {
    let Some(values) = &statement.values else {
        return statement;
    };
    if statement.db_backend != DbBackend::Postgres {
        return statement;
    }
    let mut text = String::with_capacity(statement.sql.len());
    let mut rest = statement.sql.as_str();
    while let Some(at) = next(rest) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = after.split_at(digits);
        let place: Option<usize> = digits.parse().ok();
        match place.and_then(|place| values.0.get(place.checked_sub(1)?)) {
            Some(Value::BigUnsigned(Some(limit))) => {
                // The parameter stays, and is not used.
                text.truncate(text.len() - 1);
                write!(text, "{limit}").unwrap_or_default();
            }
            _ => text.push_str(digits),
        }
        rest = behind;
    }
    text.push_str(rest);
    statement.sql = text;
    statement
}

/// Where the number of the next parameter begins that limits.
fn next(text: &str) -> Option<usize> {
    let behind = |keyword: &str| text.find(keyword).map(|at| at + keyword.len());
    [behind(" LIMIT $"), behind(" OFFSET $")]
        .into_iter()
        .flatten()
        .min()
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Query, Values};

    use super::*;

    #[test]
    fn limits_are_numbers_and_nothing_else_is() {
        let inner = Query::select().column("a").from("t").limit(21).take();
        let select = Query::select()
            .column("a")
            .from_subquery(inner, "t")
            .and_where(sea_orm::sea_query::Expr::cust_with_values(
                "a = $1",
                [" LIMIT $1"],
            ))
            .limit(7)
            .offset(0)
            .take();
        let built = DbBackend::Postgres.build(&select);
        assert_eq!(
            plain_limits(built.clone()).sql,
            r#"SELECT "a" FROM (SELECT "a" FROM "t" LIMIT 21) AS "t" WHERE a = $2 LIMIT 7 OFFSET 0"#
        );
        assert_eq!(plain_limits(built.clone()).values, built.values);
        let mut other = built;
        other.values = Some(Values(vec![Value::from("x")]));
        assert_eq!(plain_limits(other.clone()), other);
        let sqlite = DbBackend::Sqlite.build(&select);
        assert_eq!(plain_limits(sqlite.clone()), sqlite);
    }
}
