import { productPage, productQuery } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { listProducts } from './list-products.js';

export function productsRoutes(app: KeziApp): void {
  app.get(
    '/products',
    {
      config: { permission: 'products:read' },
      schema: {
        tags: ['products'],
        summary: 'A page of products, by number',
        querystring: productQuery,
        response: { 200: productPage },
      },
    },
    (request) => request.inScope((db) => listProducts(db, request.query)),
  );
}
