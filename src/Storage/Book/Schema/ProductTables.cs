namespace Earmark.Storage.Book;

internal static class ProductTables
{
    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE product (
            institution_id TEXT NOT NULL REFERENCES institution,
            product_code TEXT NOT NULL,
            version BIGINT NOT NULL,
            body TEXT NOT NULL,
            made_by TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (institution_id, product_code, version));
        {Ddl.Immutable(dialect, "product")}
        """;
}
